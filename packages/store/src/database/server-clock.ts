import type { Sight } from './probe.js'

/** The database's clock, the one all processes have in common, as the last prompt answer told it. */
export interface ServerClock {
  /** How far it is ahead of the clock of this host, ms; null before the first prompt answer. */
  readonly offsetMs: number | null
  /**
   * What it showed, Unix ms, when this process' `performance.now()` was 0; null before the first prompt
   * answer. Unlike the offset it does not age when the clock of this host is set.
   */
  readonly epochMs: number | null
}

/** A clock read over a slower round trip is not worth telling. */
const PROMPT_MS = 250

export function createServerClock(): ServerClock & { see(sight: Sight): void } {
  let last: Sight | null = null

  return {
    get offsetMs() {
      return last?.clockOffsetMs ?? null
    },
    get epochMs() {
      return last?.clockEpochMs ?? null
    },
    see(sight) {
      if (sight.roundTripMs <= PROMPT_MS) last = sight
    },
  }
}
