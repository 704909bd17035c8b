import { STATUS_CODES } from 'node:http'
import type { ErrorCode, Language } from '@bemore/protocol'
import { renderFailure } from './failure.js'

/** A failure as the bytes of an HTTP/1.1 reply, for sockets that no framework answers on. */
export function formatRawFailure(code: ErrorCode, language: Language, requestId: string): string {
  const { status, headers, body } = renderFailure({ code, details: [] }, language, requestId)
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `x-request-id: ${requestId}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}
