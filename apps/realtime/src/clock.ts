/**
 * The two clocks of the process. Events, windows and what clients are told are wall time; everything
 * that measures how long (limits, life signs, the pace of frames) is monotonic, because a wall clock
 * that is set would close every socket at once.
 */
export interface Clock {
  /** Unix ms. */
  wallMs(): number
  /** Milliseconds since some moment, never going back. */
  monotonicMs(): number
}

export const SYSTEM_CLOCK: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
}
