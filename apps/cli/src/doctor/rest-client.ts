// The REST calls of a session, each made once and bounded: a doctor must not outwait the trouble.
import { randomBytes } from 'node:crypto'
import type { SessionReport } from '@bemore/core'
import type { CauseCode } from '@bemore/ops'
import { CHANNELS, type Channel } from '@bemore/protocol'
import { toCauseCode } from './error-cause.js'
import { Fault } from './fault.js'
import { exchange, type HttpReply } from './http-exchange.js'
import { localized } from './localized.js'
import { createVisitorAccount, type VisitorAccount } from './visitor-account.js'

export interface StartedSession {
  readonly sessionId: string
  /** Where the server wants the sockets; on its own host where it does not say. */
  readonly socketUrls: Readonly<Record<Channel, string>>
  /** What the sockets offer; none where nobody is signed in. */
  readonly subprotocols: readonly string[]
}

export interface RestClient {
  start(): Promise<StartedSession>
  /** @param patienceMs instead of the limit of the other calls */
  command(sessionId: string, verb: 'pause' | 'resume' | 'end', patienceMs?: number): Promise<void>
  report(sessionId: string): Promise<SessionReport>
  summary(sessionId: string): Promise<void>
  /** @returns the lines of the table, its header among them */
  csv(sessionId: string): Promise<number>
  erase(sessionId: string): Promise<void>
}

export interface RestClientOptions {
  readonly baseUrl: string
  /** For one call, ms. */
  readonly limitMs: number
  readonly signal?: AbortSignal
}

type Method = 'GET' | 'POST' | 'DELETE'

const NAME = 'bemore-doctor'
const START = '/api/session/start'

export function createRestClient({ baseUrl, limitMs, signal }: RestClientOptions): RestClient {
  // A device of its own: a start must not find the session of an earlier run.
  const deviceId = `doctor_${randomBytes(12).toString('hex')}`
  let visitor: VisitorAccount | null = null

  const ask = async (
    method: Method,
    path: string,
    body?: string,
    patienceMs = limitMs,
  ): Promise<HttpReply> => {
    const reply = await exchange(`${baseUrl}${path}`, {
      method,
      limitMs: patienceMs,
      headers: {
        'x-device-id': deviceId,
        'user-agent': NAME,
        ...visitor?.headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
      ...(signal !== undefined && { signal }),
    })
    if (reply.status === 401 && path === START && visitor === null) {
      visitor = await createVisitorAccount(askForData, 'doctor')
      return ask(method, path, body, patienceMs)
    }
    if (reply.status >= 300) throw toRefusal(`${method} ${maskIds(path)}`, reply)
    return reply
  }
  const askForData = async (
    method: Method,
    path: string,
    body?: string,
    patienceMs?: number,
  ): Promise<object> => {
    const reply = await ask(method, path, body, patienceMs)
    const data = readEnvelope(reply.text)?.data
    if (typeof data === 'object' && data !== null) return data
    throw notBemore(`${method} ${maskIds(path)}`, reply)
  }

  return {
    async start() {
      const data = (await askForData('POST', START, '{}')) as Partial<{
        sessionId: string
        wsUrls: Partial<Record<Channel, string>>
      }>
      const { sessionId, wsUrls } = data
      if (typeof sessionId !== 'string') {
        throw new Fault('FLOW_FAILED', localized('no sessionId', 'sessionId 없음'))
      }
      const ownHost = baseUrl.replace(/^http/, 'ws')
      const urls = CHANNELS.map((channel) => [
        channel,
        wsUrls?.[channel] ?? `${ownHost}/ws/${channel}/${sessionId}`,
      ])
      return {
        sessionId,
        socketUrls: Object.fromEntries(urls) as Record<Channel, string>,
        subprotocols: visitor?.subprotocols ?? [],
      }
    },
    async command(sessionId, verb, patienceMs) {
      await askForData('POST', `/api/session/${sessionId}/${verb}`, undefined, patienceMs)
    },
    async report(sessionId) {
      return (await askForData('GET', `/api/session/${sessionId}/report`)) as SessionReport
    },
    async summary(sessionId) {
      await askForData('GET', `/api/session/${sessionId}/summary`)
    },
    async csv(sessionId) {
      const { text } = await ask('GET', `/api/session/${sessionId}/report/csv`)
      return text.trim().split('\n').length
    },
    async erase(sessionId) {
      await askForData('DELETE', `/api/session/${sessionId}`)
      await visitor?.leave()
    },
  }
}

interface Envelope {
  readonly data?: unknown
  readonly error?: {
    readonly code?: string
    readonly message?: string
    readonly requestId?: string
  }
}

export function readEnvelope(text: string): Envelope | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? (value as Envelope | null) : null
  } catch {
    return null
  }
}

function toRefusal(call: string, reply: HttpReply): Fault {
  const error = readEnvelope(reply.text)?.error
  if (typeof error?.code !== 'string') return notBemore(call, reply)
  const { code, requestId } = error
  const id = requestId === undefined ? '' : `, request ${requestId}`
  const cause: CauseCode = toCauseCode(code) ?? 'FLOW_FAILED'
  return new Fault(
    cause,
    localized(`${call}: ${reply.status} ${code}${id}`, `${call}: ${reply.status} ${code}${id}`),
  )
}

function notBemore(call: string, { status, contentType }: HttpReply): Fault {
  const what = `${call}: HTTP ${status} ${contentType}`.trim()
  return new Fault(
    'NOT_BEMORE',
    localized(`${what}, not BeMore's envelope`, `${what}, BeMore 응답 형식이 아님`),
  )
}

/** A session id is the capability of its session, and what is printed here gets pasted into chats. */
function maskIds(path: string): string {
  return path.replace(/sess_[\w-]+/, ':id')
}
