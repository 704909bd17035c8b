import {
  type ApiConfig,
  assessClock,
  type CauseCode,
  createBusWatch,
  ExitError,
  type Health,
  settleCauses,
} from '@bemore/ops'
import {
  type Bus,
  type Database,
  type SchemaState,
  STORE_ERROR_CODES,
  type Store,
  StoreError,
} from '@bemore/store'
import { createProcessLookout, type ProcessSight } from './process-sight.js'

export interface HealthChecks {
  readonly sight: ProcessSight
  /** Looks at every dependency once and reports into the health registry. */
  run(): Promise<void>
}

export interface HealthChecksDeps {
  readonly config: Pick<ApiConfig, 'staleMs' | 'busGiveUpMs' | 'clockSkewMs'>
  readonly database: Pick<Database, 'state'>
  readonly store: Pick<Store, 'ping' | 'clockOffsetMs' | 'processes'>
  readonly bus: Pick<Bus, 'state'>
  readonly health: Health
  checkSchema(): Promise<SchemaState>
  /** The database's schema is one this code must not touch: the process has to end. */
  onFatal(error: ExitError): void
}

/** A LISTEN connection that never was yet is being opened; where a pooler swallows it, that shows. */
const BUS_OPENING_MS = 15_000

/**
 * Boot is done at the first contact with a database whose schema this code knows. Later checks only
 * raise and clear causes: a database blip must not take the process out of routing, or restart it.
 */
export function createHealthChecks(deps: HealthChecksDeps): HealthChecks {
  const { config, database, store, bus, health, checkSchema, onFatal } = deps
  const lookout = createProcessLookout(config.staleMs)
  const busWatch = createBusWatch(health, config.busGiveUpMs, () => performance.now())

  const createdAt = performance.now()

  const isBusLost = () => {
    if (bus.state !== 'connecting') return bus.state !== 'listening'
    return performance.now() - createdAt > BUS_OPENING_MS
  }
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
    lookout.see(await store.processes.list())
    // The one cause that is made of the others' state: with none of them alive nobody else can tell it.
    // What is wrong with one that lives, it tells by itself; repeated here it would be told twice.
    const missing = lookout.realtimeProcesses === 0
    assess('REALTIME_DOWN', missing ? 'no realtime process has a fresh heartbeat' : null)
  }

  return {
    sight: lookout,
    async run() {
      assess('BUS_LOST', isBusLost() ? `the LISTEN connection is ${bus.state}` : null)
      try {
        await checkDatabase()
        settleCauses(health, STORE_ERROR_CODES, null)
      } catch (error) {
        if (error instanceof ExitError) return onFatal(error)
        if (!(error instanceof StoreError)) throw error
        settleCauses(health, STORE_ERROR_CODES, error)
      }
      busWatch.look(bus.state, database.state.state)
      assessClock(health, store.clockOffsetMs, config.clockSkewMs)
    },
  }
}
