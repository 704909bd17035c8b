import { setTimeout as sleep } from 'node:timers/promises'
import type { HealthReport } from './health-report.js'

const LOOK_EVERY_MS = 500
/** The age of a heartbeat falls by more than this only when a new one came. */
const FALL_MS = 250
/** The API reads the heartbeats every two seconds, so the ages it tells are that much too young. */
const AGE_ERROR_MS = 4_000

/**
 * Whether a realtime process lives, by the word of the API. A process that was killed leaves a fresh
 * heartbeat behind, so what counts is that a new one comes, or that the API gives it up for dead
 * (`REALTIME_DOWN`, PROCESS_STALE_MS after the last).
 * @param limitMs longer than PROCESS_STALE_MS; where nothing was decided by then a server that lists
 *   its processes has seen no heartbeat, and an older one has not missed any
 */
export async function watchRealtimeLife(
  readHealth: () => Promise<HealthReport | null>,
  limitMs: number,
  signal: AbortSignal,
): Promise<'alive' | 'draining' | 'dead'> {
  const beganAt = performance.now()
  const lastAges = new Map<string, number>()
  for (let looks = 1; ; looks++) {
    const health = await readHealth()
    const elapsedMs = performance.now() - beganAt
    if (health?.causes.some(({ code }) => code === 'REALTIME_DOWN')) return 'dead'
    const running = (health?.processes ?? []).filter(
      ({ kind, stale }) => kind === 'realtime' && !stale,
    )
    const isDraining = running.length > 0 && running.every(({ status }) => status === 'draining')
    if (isDraining) return 'draining'
    for (const { id, heartbeatAgeMs: age } of running) {
      if (age === null) continue
      const last = lastAges.get(id) ?? (looks === 1 ? age : Number.POSITIVE_INFINITY)
      // The API may only now read one that was written before this began, by a process since killed.
      const isNew = age < last - FALL_MS && age < elapsedMs
      if (isNew || age < elapsedMs - AGE_ERROR_MS) return 'alive'
      lastAges.set(id, age)
    }
    if (elapsedMs + LOOK_EVERY_MS >= limitMs || signal.aborted) break
    await sleep(LOOK_EVERY_MS)
  }
  return lastAges.size > 0 ? 'dead' : 'alive'
}
