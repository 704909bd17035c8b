import { type CauseCode, ExitError, type Health } from '@bemore/ops'
import { type Bus, type SchemaState, type Store, StoreError } from '@bemore/store'
import { selectLiveProcesses } from './live-processes.js'

/** What the checks saw last; read by `/health` without waiting for anything. */
export interface ProcessSight {
  /** Realtime processes with a fresh heartbeat; null until the database was asked. */
  readonly realtimeProcesses: number | null
}

export interface HealthChecks {
  readonly sight: ProcessSight
  /** Looks at every dependency once and reports into the health registry. */
  run(): Promise<void>
}

export interface HealthChecksDeps {
  readonly store: Pick<Store, 'ping' | 'processes'>
  readonly bus: Pick<Bus, 'state'>
  readonly health: Health
  readonly staleMs: number
  checkSchema(): Promise<SchemaState>
  /** The database's schema is one this code must not touch: the process has to end. */
  onFatal(error: ExitError): void
}

const DATABASE_CAUSES = [
  'DATABASE_UNREACHABLE',
  'DATABASE_TIMEOUT',
  'DATABASE_BUSY',
  'DATABASE_READ_ONLY',
  'DATABASE_FULL',
] as const

/**
 * Boot is done at the first contact with a database whose schema this code knows. Later checks only
 * raise and clear causes: a database blip must not take the process out of routing, or restart it.
 */
export function createHealthChecks(deps: HealthChecksDeps): HealthChecks {
  const { store, bus, health, staleMs, checkSchema, onFatal } = deps
  let realtimeProcesses: number | null = null

  const assess = (code: CauseCode, detail: string | null) => {
    if (detail === null) health.recover(code)
    else health.degrade(code, detail)
  }

  const checkDatabase = async () => {
    await store.ping()
    if (!health.isReady()) {
      const pending = (await checkSchema()) === 'pending'
      assess(
        'MIGRATION_PENDING',
        pending ? 'the database lacks migrations: run bemore migrate' : null,
      )
      if (pending) return
      health.markReady()
    }
    const live = selectLiveProcesses(await store.processes.list(), staleMs)
    realtimeProcesses = live.filter(({ kind }) => kind === 'realtime').length
    const missing = realtimeProcesses === 0 ? 'no realtime process has a fresh heartbeat' : null
    assess('REALTIME_DOWN', missing)
  }

  const reportDatabase = (failed: StoreError | null) => {
    for (const code of DATABASE_CAUSES) {
      assess(code, failed?.code === code ? failed.detail : null)
    }
  }

  return {
    sight: {
      get realtimeProcesses() {
        return realtimeProcesses
      },
    },
    async run() {
      assess('BUS_LOST', bus.state === 'listening' ? null : `the LISTEN connection is ${bus.state}`)
      try {
        await checkDatabase()
        reportDatabase(null)
      } catch (error) {
        if (error instanceof ExitError) return onFatal(error)
        if (!(error instanceof StoreError)) throw error
        reportDatabase(error)
      }
    },
  }
}
