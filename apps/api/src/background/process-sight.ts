import { readProcessReport } from '@bemore/ops'
import type { ProcessSummary } from '@bemore/protocol'
import type { RunningProcess } from '@bemore/store'
import { iso } from '../http/iso-time.js'
import { selectLiveProcesses } from './live-processes.js'

/**
 * What this process knows of the others: their last heartbeats, as it last read them. `/health` shows
 * it without waiting for anything, so that one URL tells what is down.
 */
export interface ProcessSight {
  /** Realtime processes with a fresh heartbeat; null until the database was asked. */
  readonly realtimeProcesses: number | null
  /** All of them, the freshest first. */
  summaries(): readonly ProcessSummary[]
}

export interface ProcessLookout extends ProcessSight {
  /** Takes what the database knows now. */
  see(processes: readonly RunningProcess[]): void
}

/** Who died without leaving is shown for this long: the question is asked after the fact, too. */
const STALE_SHOWN_MS = 60 * 60_000
/** A process that crashes at every start leaves a row each time; health stays readable. */
const MAX_SHOWN = 50

/** @param monotonicMs time that never goes back: ages go on while the database cannot be asked. */
export function createProcessLookout(
  staleMs: number,
  monotonicMs: () => number = () => performance.now(),
): ProcessLookout {
  let seen: readonly RunningProcess[] = []
  let live: ReadonlySet<RunningProcess> = new Set()
  let seenAt = 0
  let realtimeProcesses: number | null = null

  return {
    get realtimeProcesses() {
      return realtimeProcesses
    },
    summaries() {
      const passedMs = monotonicMs() - seenAt
      return seen.map((each) => ({
        id: each.id,
        kind: each.kind,
        startedAt: iso(each.startedAt),
        heartbeatAgeMs: Math.round(each.heartbeatAgeMs + passedMs),
        stale: !live.has(each),
        ...mutableReport(each.info),
      }))
    },
    see(processes) {
      const alive = selectLiveProcesses(processes, staleMs)
      live = new Set(alive)
      realtimeProcesses = alive.filter(({ kind }) => kind === 'realtime').length
      seen = processes
        .filter((each) => live.has(each) || each.heartbeatAgeMs < STALE_SHOWN_MS)
        .slice(0, MAX_SHOWN)
      seenAt = monotonicMs()
    },
  }
}

function mutableReport(info: object) {
  const { causes, ...report } = readProcessReport(info)
  return { ...report, causes: [...causes] }
}
