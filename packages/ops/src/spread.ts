/** Twenty a second harm nobody: few sockets need not be made to wait for the whole spread. */
const LEAST_GAP_MS = 50

/**
 * The moment of each of `count` sockets that have to leave within `spreadMs`, so that the process they
 * come back to is not met by all at once.
 * @returns the moment of the one in `place` (0 to count − 1), ms from the start
 */
export function spreadEvenly(count: number, spreadMs: number): (place: number) => number {
  const wholeMs = Math.min(spreadMs, count * LEAST_GAP_MS)
  return (place) => Math.round((place / Math.max(1, count)) * wholeMs)
}
