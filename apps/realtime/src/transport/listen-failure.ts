import { EXIT, ExitError } from '@bemore/ops'

/** The error of a process that cannot listen; uWebSockets.js gives no reason, so both are named. */
export function listenFailure(host: string, port: number, cause?: unknown): ExitError {
  return new ExitError(
    EXIT.temporary,
    `Cannot listen on port ${port} of ${host}: the port is taken, or HOST is no address of this machine. ` +
      'Stop the process that holds it, or set another REALTIME_PORT.',
    { cause },
  )
}
