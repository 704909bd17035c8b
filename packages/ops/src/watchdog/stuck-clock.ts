/** How long a counter that somebody else counts up has not moved. */
export interface StuckClock {
  /** @param nowMs monotonic. @returns ms for which the count has stood still while we looked. */
  look(count: number, nowMs: number): number
}

/** Of a longer gap between two looks, only this many intervals count. */
const GAP_LOOKS = 2

/**
 * Only time in which the watcher itself ran counts: where its own looks have a gap, the whole process
 * was stopped (SIGSTOP, a suspended machine, a container frozen for a snapshot) and nobody is stuck.
 */
export function createStuckClock(everyMs: number): StuckClock {
  let counted = Number.NaN
  let lookedAt = Number.NaN
  let stuckMs = 0

  return {
    look(count, nowMs) {
      const passedMs = nowMs - lookedAt
      lookedAt = nowMs
      if (count === counted) stuckMs += Math.min(passedMs, GAP_LOOKS * everyMs)
      else stuckMs = 0
      counted = count
      return stuckMs
    },
  }
}
