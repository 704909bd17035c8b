import { ClientError } from './client-error.js'
import { createCsrfToken, createIds, keep } from './ids.js'
import { createSignInKeys } from './sign-in-keys.js'

const NEVER_REFRESHED = /^\/api\/auth\/(login|signup|refresh)$/
const CHANGING = new Set(['POST', 'PUT', 'DELETE', 'PATCH'])
const OK = { least: 200, above: 300 }

/**
 * The transport of the existing web client, as it behaves: its headers on every call, its time limit,
 * one shared refresh at a 401 with the others in a queue, a wipe where that fails. In a browser and in
 * Node, so that there is one of it.
 */
export function createApiClient({
  baseUrl,
  storage,
  fetch = (...request) => globalThis.fetch(...request),
  onSignedOut = () => {},
  timeoutMs = 30_000,
}) {
  const makeId = createIds()
  const keys = createSignInKeys(storage)
  let isRefreshing = false
  let waiting = []

  const headersOf = (method, hasBody) => {
    const token = keys.access()
    return {
      ...(hasBody && { 'Content-Type': 'application/json' }),
      'X-Request-ID': makeId('req'),
      'X-Client-Version': '1.0.0',
      'X-Device-ID': keep(storage, 'bemore_device_id', () => makeId('device')),
      'X-Timestamp': String(Date.now()),
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(CHANGING.has(method) && {
        'X-CSRF-Token': keep(storage, 'csrf_token', createCsrfToken),
      }),
    }
  }

  const exchange = async (method, path, headers, body, readAs) => {
    const init = { method, headers, credentials: 'omit', signal: AbortSignal.timeout(timeoutMs) }
    try {
      const reply = await fetch(`${baseUrl}${path}`, { ...init, ...(body && { body }) })
      const isOk = reply.status >= OK.least && reply.status < OK.above
      const content = isOk && readAs === 'blob' ? await reply.blob() : await readJson(reply)
      return { status: reply.status, headers: reply.headers, body: content, isOk }
    } catch (error) {
      if (error.name === 'TimeoutError') {
        const message = `timeout of ${timeoutMs}ms exceeded`
        throw new ClientError(message, { code: 'ECONNABORTED' })
      }
      throw new ClientError('Network Error', { code: 'ERR_NETWORK' })
    }
  }

  /** Bare: only a content type, none of the headers of the other calls. */
  const refresh = async () => {
    const refreshToken = keys.refresh()
    if (refreshToken === null) throw new ClientError('No refresh token', { code: 'NO_TOKEN' })
    const headers = { 'Content-Type': 'application/json' }
    const payload = JSON.stringify({ refreshToken })
    const reply = await exchange('POST', '/api/auth/refresh', headers, payload)
    if (!reply.isOk || reply.body?.success !== true || !reply.body.data) throw failureOf(reply)
    keys.keepTokens(reply.body.data)
  }

  const refreshForAll = async () => {
    isRefreshing = true
    try {
      await refresh()
      for (const { resolve } of waiting) resolve()
    } catch (error) {
      for (const { reject } of waiting) reject(error)
      keys.wipe()
      onSignedOut()
      throw error
    } finally {
      waiting = []
      isRefreshing = false
    }
  }

  const request = async (method, path, { body, readAs } = {}, isReplayed = false) => {
    const payload = body === undefined ? undefined : JSON.stringify(body)
    const headers = headersOf(method, payload !== undefined)
    const reply = await exchange(method, path, headers, payload, readAs)
    if (reply.isOk) return reply.body
    if (reply.status !== 401 || isReplayed || NEVER_REFRESHED.test(path)) throw failureOf(reply)
    if (isRefreshing) {
      await new Promise((resolve, reject) => waiting.push({ resolve, reject }))
      // One that has queued is not marked as replayed: it may refresh once more.
      return request(method, path, { body, readAs })
    }
    await refreshForAll()
    return request(method, path, { body, readAs }, true)
  }

  return { keys, request, refreshNow: refreshForAll }
}

function failureOf({ status, headers, body }) {
  const code = status >= 500 ? 'ERR_BAD_RESPONSE' : 'ERR_BAD_REQUEST'
  const message = `Request failed with status code ${status}`
  return new ClientError(message, { code, status, headers, body })
}

async function readJson(reply) {
  const text = await reply.text()
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
