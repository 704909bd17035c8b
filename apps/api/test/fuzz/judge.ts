import { ERRORS, isErrorCode } from '@bemore/protocol'
import { Check } from 'typebox/value'
import type { Operation } from './operations.js'
import type { Answer } from './send.js'

/** What a reply must not have in it: how the house is built, and what it runs on. */
const INNARDS =
  /\n\s+at |node_modules|file:\/\/|\/(?:work|home|usr|app)\/|\.[jt]s:\d|PostgresError|syntax error|relation "|violates|ECONN|\b(?:select|insert|update|delete)\b.+\b(?:from|into|set)\b/i
const ALWAYS = [
  'x-request-id',
  'x-content-type-options',
  'content-security-policy',
  'cache-control',
]

/** There is no recogniser here; nothing else may be away. */
const ALLOWED_FAULT = '"STT_UNAVAILABLE"'

/** @returns what is wrong with the reply, or null. */
export function faultOf(
  { url, replies, isDocumented }: Operation,
  { status, headers, body }: Answer,
): string | null {
  if (status >= 500 && !body.includes(ALLOWED_FAULT)) return `answered ${status}`
  const missing = ALWAYS.filter((name) => headers[name] === undefined)
  if (missing.length > 0 && status < 400) return `carries no ${missing}`
  if (headers['x-injected'] !== undefined) return 'lets headers in'
  if (status === 304) return body === '' ? null : '304 with a body'
  if (status >= 300 && status < 400) {
    const { location = '' } = headers
    return /^\.?\/docs\//.test(location) ? null : `leads to ${location}`
  }
  if (status < 300) {
    const schema = replies[status]
    const isJson = headers['content-type']?.startsWith('application/json') === true
    if (isDocumented && !(String(status) in replies))
      return `answers ${status}, which is not documented`
    if (schema === undefined || !isJson) return null
    const data: unknown = JSON.parse(Buffer.from(body, 'latin1').toString())
    return Check(schema, data) ? null : 'is not what its schema promises'
  }
  return faultOfFailure(url, status, body)
}

function faultOfFailure(url: string, status: number, body: string): string | null {
  if (INNARDS.test(body)) return 'tells of our innards'
  const { success, error } = JSON.parse(Buffer.from(body, 'latin1').toString()) as {
    readonly success?: unknown
    readonly error?: Readonly<Record<string, unknown>>
  }
  const code = error?.['code']
  if (success !== false || typeof code !== 'string') return `is no envelope at ${url}`
  if (!isErrorCode(code)) return `says ${code}, which is not in the catalogue`
  if (ERRORS[code].status !== status) return `answers ${code} with ${status}`
  if (typeof error?.['message'] !== 'string' || typeof error['requestId'] !== 'string') {
    return 'has no message or no request id'
  }
  return null
}
