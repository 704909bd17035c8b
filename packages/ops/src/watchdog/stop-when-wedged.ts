import { EXIT } from '../exit-codes.js'
import type { Health } from '../health.js'
import type { Lifecycle } from '../lifecycle.js'
import type { Logger } from '../logger.js'

/** What this needs of `process`. */
export interface WedgedSelf {
  exit(code: number): unknown
}

/**
 * Ends the process, in order and with 70, once it was marked as wedged. Not every platform restarts
 * what fails its health check (Fly never does); all of them restart what exits.
 */
export function stopWhenWedged(
  health: Pick<Health, 'onChange'>,
  lifecycle: Pick<Lifecycle, 'stop'>,
  log: Logger,
  self: WedgedSelf = process,
): void {
  let stopping = false
  health.onChange(({ status, causes }) => {
    if (status !== 'wedged' || stopping) return
    stopping = true
    const { code: cause, detail } = causes.at(-1) ?? {}
    log.fatal({ event: 'process.wedged', cause, detail }, 'beyond self-repair; ending itself')
    void lifecycle.stop('wedged', EXIT.software).then((code) => self.exit(code))
  })
}
