import type { Terminal } from './terminal.js'

/**
 * A second signal within this time is the same key press: npm hands on to its child the Ctrl-C that
 * the terminal has already sent to both of them.
 */
const ECHO_MS = 700

export interface StopSignals {
  /** Aborted by the first signal: stop in order. */
  readonly asked: AbortSignal
  /** Resolves at a later one: stop at once. */
  readonly insisted: Promise<void>
  /** Gives the signals back to whoever had them. */
  release(): void
}

export function listenForStop(terminal: Terminal): StopSignals {
  const asked = new AbortController()
  let askedAt = 0
  let release = () => {}
  const insisted = new Promise<void>((resolve) => {
    release = terminal.onSignal((signal) => {
      if (asked.signal.aborted) {
        if (performance.now() - askedAt > ECHO_MS) resolve()
        return
      }
      askedAt = performance.now()
      asked.abort(signal)
    })
  })
  return { asked: asked.signal, insisted, release: () => release() }
}
