/**
 * What a client that detects speech itself has said, held until it says something else. A word holds
 * for the duration it gives, or for 5 s: nobody goes on being silent, or speaking, on hearsay.
 */

const HELD_MS = 5_000
const MOST_HELD_MS = 30_000

export interface ActivityHold {
  /** NaN while nothing is held. */
  readonly sinceMs: number
  readonly untilMs: number
  readonly isSpeech: boolean
  hold(isSpeech: boolean, atMs: number, durationMs: number | undefined): void
  /** The held time up to `atMs`, ms; afterwards only what lies beyond is still held. */
  spend(atMs: number): number
  drop(): void
}

export function createActivityHold(): ActivityHold {
  const state = {
    sinceMs: Number.NaN,
    untilMs: Number.NaN,
    isSpeech: false,
    hold,
    spend,
    drop,
  }

  function hold(isSpeech: boolean, atMs: number, durationMs = HELD_MS): void {
    state.isSpeech = isSpeech
    state.sinceMs = atMs
    state.untilMs = atMs + Math.min(durationMs, MOST_HELD_MS)
  }

  function spend(atMs: number): number {
    const spent = Math.min(atMs, state.untilMs) - state.sinceMs
    if (!(spent > 0)) return 0
    state.sinceMs += spent
    return spent
  }

  function drop(): void {
    state.sinceMs = Number.NaN
    state.untilMs = Number.NaN
    state.isSpeech = false
  }
  return state
}
