/** Counts what happened in the last ten seconds, to the second, in a fixed ten numbers. */
export interface SlidingCount {
  /** Counts one at `atMs` (monotonic) and returns how many there were in the last ten seconds. */
  add(atMs: number): number
}

const SLOTS = 10
const SLOT_MS = 1_000
export const SLIDING_COUNT_MS = SLOTS * SLOT_MS

export function createSlidingCount(): SlidingCount {
  const counts = new Uint32Array(SLOTS)
  let total = 0
  let newest = 0

  return {
    add(atMs) {
      const slot = Math.floor(atMs / SLOT_MS)
      const passed = Math.min(SLOTS, slot - newest)
      for (let i = 1; i <= passed; i++) {
        const index = (newest + i) % SLOTS
        total -= counts[index]!
        counts[index] = 0
      }
      newest = Math.max(newest, slot)
      counts[newest % SLOTS]! += 1
      total += 1
      return total
    },
  }
}
