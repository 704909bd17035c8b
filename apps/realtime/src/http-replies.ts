import { ERRORS, type ErrorCode, helpPathOf, type Language } from '@bemore/protocol'
import type { HttpReply } from './transport/port.js'

const JSON_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
} as const

export function jsonReply(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpReply {
  return { status, headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(body) }
}

/**
 * A refusal in the envelope the REST API uses. `SESSION_ENDED` is 410 where it answers an upgrade:
 * the socket is gone for good, not in conflict with anything.
 * @param retryAfterMs where given, `Retry-After` says it in whole seconds, at least 1.
 */
export function refusal(code: ErrorCode, language: Language, retryAfterMs?: number): HttpReply {
  const { status, message, temporary } = ERRORS[code]
  const headers: Record<string, string> =
    retryAfterMs === undefined
      ? {}
      : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) }
  const error = { code, message: message[language], temporary, help: helpPathOf(code) }
  return jsonReply(code === 'SESSION_ENDED' ? 410 : status, { success: false, error }, headers)
}

/** Korean for whom Korean comes first among the languages a browser announces, else English. */
export function preferredLanguage(acceptLanguage: string): Language {
  return /^\s*ko\b/i.test(acceptLanguage) ? 'ko' : 'en'
}
