import {
  type Health,
  type Logger,
  type ProcessIdentity,
  type ProcessReport,
  reportProcess,
} from '@bemore/ops'
import { StoreError } from '../database/store-error.js'
import type { ProcessRegistry } from '../store.js'
import { createHeartbeat } from './heartbeat.js'

/** This process as the others see it. */
export interface Presence {
  /** Reports this process now. @throws StoreError */
  announce(): Promise<void>
  /** Sets the heartbeats going. None is sent before the process is ready or was announced. */
  start(): void
  /** No further heartbeat, and off the list of the living. */
  leave(): Promise<void>
}

export interface PresenceDeps {
  readonly identity: ProcessIdentity
  readonly processes: Pick<ProcessRegistry, 'heartbeat' | 'leave'>
  readonly health: Health
  readonly log: Logger
  readonly heartbeatMs: number
  /** An operator wishes that this process stop in order. May be told more than once. */
  onDrainRequested?(): void
  counts?(): Pick<ProcessReport, 'connections' | 'sessions'>
}

export function createPresence(deps: PresenceDeps): Presence {
  const { identity, processes, health, log, heartbeatMs } = deps
  const { id, kind } = identity
  let announced = false

  const announce = async () => {
    const info = reportProcess(identity, health.snapshot(), deps.counts?.())
    const { drainRequested } = await processes.heartbeat({ id, kind, info })
    announced = true
    if (drainRequested) deps.onDrainRequested?.()
  }
  const beat = async () => {
    // The table itself may be missing until the schema was looked at.
    if (!announced && !health.isReady()) return
    try {
      await announce()
    } catch (error) {
      // That the database is away is told by who pings it.
      const level = error instanceof StoreError ? 'debug' : 'warn'
      log[level]({ event: 'heartbeat.failed', err: error }, 'heartbeat not written')
    }
  }
  const heartbeat = createHeartbeat({ health, everyMs: heartbeatMs, beat })

  return {
    announce,
    start: heartbeat.start,
    async leave() {
      await heartbeat.stop()
      await processes.leave(id)
    },
  }
}
