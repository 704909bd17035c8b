/** Exit codes, after sysexits.h where it has one. The supervisor and the platforms read them. */
export const EXIT = {
  ok: 0,
  failure: 1,
  /** The command line was not understood (EX_USAGE). */
  usage: 64,
  /** What was asked for needs a running system, and there is none (EX_UNAVAILABLE). */
  unavailable: 69,
  /** A fault in the program: wedged, or an error nobody caught (EX_SOFTWARE). */
  software: 70,
  /** Something in the way that may go: port taken, already running (EX_TEMPFAIL). */
  temporary: 75,
  /** Missing or malformed configuration, or a database schema this code must not touch (EX_CONFIG). */
  config: 78,
  /** A second signal during the orderly stop. */
  interrupted: 130,
} as const

/** An error that carries the exit code its process should end with. */
export class ExitError extends Error {
  readonly exitCode: number

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ExitError'
    this.exitCode = exitCode
  }
}
