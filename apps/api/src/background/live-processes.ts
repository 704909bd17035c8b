import type { RunningProcess } from '@bemore/store'

/**
 * The processes with a fresh heartbeat. Fresh is measured against the freshest of all, not against
 * our clock: heartbeats are the database's time, and while the database was away nobody had any.
 */
export function selectLiveProcesses(
  processes: readonly RunningProcess[],
  staleMs: number,
): readonly RunningProcess[] {
  const freshest = Math.max(...processes.map(({ heartbeatAt }) => heartbeatAt))
  return processes.filter(({ heartbeatAt }) => heartbeatAt >= freshest - staleMs)
}
