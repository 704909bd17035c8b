import type { Lifecycle } from './lifecycle.js'

/** What this needs of `process`. */
export interface DrainingSelf {
  exit(code: number): unknown
}

/**
 * What a process does when an operator wishes it to go: the same orderly stop as at SIGTERM, and exit
 * code 0. Who supervises it starts another. Told again, it is the same stop.
 */
export function createDrainStop(
  lifecycle: Pick<Lifecycle, 'stop'>,
  self: DrainingSelf = process,
): () => void {
  let stopping = false
  return () => {
    if (stopping) return
    stopping = true
    void lifecycle.stop('drain requested').then((code) => self.exit(code))
  }
}
