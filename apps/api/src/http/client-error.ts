import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { formatRawFailure } from './raw-failure.js'

/** Answers what never became a request: bytes that are no HTTP, or too few of them in time. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  socket.end(formatRawFailure(late ? 'NO_SIGN_OF_LIFE' : 'VALIDATION_FAILED', 'en', randomUUID()))
}
