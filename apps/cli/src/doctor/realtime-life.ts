import { setTimeout as sleep } from 'node:timers/promises'
import type { HealthReport } from './health-report.js'

const LOOK_EVERY_MS = 500
/** A heartbeat that came later than this after the last one was a new one, not jitter of the reading. */
const ADVANCE_MS = 250

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
): Promise<'alive' | 'dead' | 'unknown'> {
  const end = performance.now() + limitMs
  const firstBeats = new Map<string, number>()
  let listsProcesses = false
  for (;;) {
    const health = await readHealth()
    const at = performance.now()
    if (health?.causes.some(({ code }) => code === 'REALTIME_DOWN')) return 'dead'
    for (const { id, kind, heartbeatAgeMs } of health?.processes ?? []) {
      if (kind !== 'realtime' || heartbeatAgeMs === null) continue
      listsProcesses = true
      const beatAt = at - heartbeatAgeMs
      const first = firstBeats.get(id) ?? beatAt
      firstBeats.set(id, first)
      if (beatAt - first > ADVANCE_MS) return 'alive'
    }
    if (at + LOOK_EVERY_MS >= end || signal.aborted) break
    await sleep(LOOK_EVERY_MS)
  }
  if (signal.aborted) return 'unknown'
  return listsProcesses ? 'dead' : 'alive'
}
