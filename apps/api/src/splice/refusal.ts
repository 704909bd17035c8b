import type { Duplex } from 'node:stream'
import type { ErrorCode } from '@bemore/protocol'
import { negotiateLanguage } from '../http/language.js'
import { formatRawFailure } from '../http/raw-failure.js'

/** How long a refused client may take to read why. */
const LINGER_MS = 2_000

/**
 * Answers an upgrade that will not be: a plain HTTP reply on the bare socket. A refusal here is seen
 * by the web client as a failed connection, after which it gives up; accepting and closing would make
 * it reconnect for ever.
 */
export function refuseUpgrade(
  socket: Duplex,
  code: ErrorCode,
  requestId: string,
  acceptLanguage: string | undefined,
): void {
  const language = negotiateLanguage(acceptLanguage) ?? 'en'
  const timer = setTimeout(() => socket.destroy(), LINGER_MS)
  timer.unref()
  socket.once('close', () => clearTimeout(timer))
  socket.end(formatRawFailure(code, language, requestId))
  // What the client still sends has to be read, or the reply may be lost to a reset.
  socket.resume()
}
