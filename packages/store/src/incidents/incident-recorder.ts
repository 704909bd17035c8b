import type { Health, HealthSnapshot, Logger, ProcessIdentity } from '@bemore/ops'
import { StoreError } from '../database/store-error.js'
import { createHeartbeat } from '../processes/heartbeat.js'
import type { IncidentReport, IncidentStore } from './incident-store.js'

/**
 * Keeps in the database what was wrong with this process, and for how long. The database may be the
 * very thing that is away, so what cannot be written yet waits here, bounded.
 */
export interface IncidentRecorder {
  /** Begins to write, once the process is ready: before that the table itself may be missing. */
  start(): void
  /** What still lasts ends with this process; writes it, once. */
  close(): Promise<void>
  /** Incidents that wait for the database. */
  readonly waiting: number
}

export interface IncidentRecorderDeps {
  readonly identity: ProcessIdentity
  readonly incidents: Pick<IncidentStore, 'record'>
  readonly health: Health
  readonly log: Logger
  /** How often is tried again what could not be written. */
  readonly heartbeatMs: number
  /** Unix ms. */
  now(): number
}

/** Causes that flap through an outage of hours; beyond it the oldest are given up. */
const MOST_WAITING = 1_000
const BATCH = 100
/** The detail is a sentence. */
const LONGEST_DETAIL = 500

export function createIncidentRecorder(deps: IncidentRecorderDeps): IncidentRecorder {
  const { identity, incidents, health, log, heartbeatMs, now } = deps
  const lasting = new Map<string, IncidentReport>()
  /** By code and begin, in the order in which they were told; an end takes the place of its begin. */
  const waiting = new Map<string, IncidentReport>()
  let wasReady = false
  let lost = 0

  const tell = (incident: IncidentReport) => {
    waiting.set(`${incident.code} ${incident.beganAt}`, incident)
    if (waiting.size <= MOST_WAITING) return
    const [oldest] = waiting.keys()
    if (oldest !== undefined) waiting.delete(oldest)
    lost += 1
  }
  const end = (incident: IncidentReport, by: 'recovery' | 'process') => {
    lasting.delete(incident.code)
    tell({ ...incident, end: { at: Math.max(incident.beganAt, now()), by } })
  }

  const look = ({ causes }: HealthSnapshot) => {
    const current = new Set<string>(causes.map(({ code }) => code))
    for (const incident of [...lasting.values()]) {
      if (!current.has(incident.code)) end(incident, 'recovery')
    }
    for (const { code, since, detail } of causes) {
      if (lasting.has(code)) continue
      const incident = { code, beganAt: since, detail: storable(detail), end: null }
      lasting.set(code, incident)
      tell(incident)
    }
  }

  const writeBatch = async () => {
    const batch = [...waiting].slice(0, BATCH)
    const reports = batch.map(([, incident]) => incident)
    await incidents.record(identity, reports)
    for (const [key, incident] of batch) {
      // It may have ended while its begin was being written.
      if (waiting.get(key) === incident) waiting.delete(key)
    }
  }
  const write = async () => {
    wasReady ||= health.isReady()
    if (!wasReady) return
    try {
      while (waiting.size > 0) await writeBatch()
      if (lost > 0) log.warn({ event: 'incidents.lost', count: lost }, 'incidents were not kept')
      lost = 0
    } catch (error) {
      // That the database is away is told by who pings it.
      const level = error instanceof StoreError ? 'debug' : 'warn'
      log[level]({ event: 'incidents.not_written', err: error }, 'incidents wait to be written')
    }
  }

  look(health.snapshot())
  health.onChange(look)
  const clock = createHeartbeat({ health, everyMs: heartbeatMs, beat: write })

  return {
    start: clock.start,
    async close() {
      await clock.stop()
      for (const incident of [...lasting.values()]) end(incident, 'process')
      await write()
    },
    get waiting() {
      return waiting.size
    },
  }
}

/** Cut between characters and without NUL: one row that the database refuses would hold up the rest. */
function storable(detail: string): string {
  return [...detail].slice(0, LONGEST_DETAIL).join('').replaceAll('\0', '')
}
