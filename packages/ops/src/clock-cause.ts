import type { Health } from './health.js'

/**
 * Tells whether the clocks of this host and of the database differ by more than `limitMs`.
 * @param offsetMs how far the database's is ahead; null: not known, which changes nothing
 */
export function assessClock(
  health: Pick<Health, 'degrade' | 'recover'>,
  offsetMs: number | null,
  limitMs: number,
): void {
  if (offsetMs === null) return
  if (Math.abs(offsetMs) <= limitMs) {
    health.recover('CLOCK_SKEWED')
    return
  }
  const seconds = Math.round(Math.abs(offsetMs) / 1_000)
  const direction = offsetMs > 0 ? 'behind' : 'ahead of'
  health.degrade('CLOCK_SKEWED', `this host is ${seconds} s ${direction} the database`)
}
