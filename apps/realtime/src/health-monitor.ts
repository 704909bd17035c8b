/**
 * Asks the dependencies how they are, on the process's own clock, and tells the health register. What
 * is asked over the network is never asked on the path of a request.
 */
import {
  assessClock,
  type CauseCode,
  createBusWatch,
  type Health,
  type Logger,
  type RealtimeConfig,
  settleCauses,
} from '@bemore/ops'
import {
  type Bus,
  type Database,
  type EventQueue,
  type SchemaState,
  STORE_ERROR_CODES,
  type Store,
  StoreError,
} from '@bemore/store'
import type { Clock } from './clock.js'
import type { RecentFrames } from './recent-frames.js'

export interface HealthMonitor {
  /**
   * One look at the database: until the process is ready whether it may work on it, then whether it
   * answers.
   * @throws ExitError 78 where the schema is beyond this code
   */
  checkDatabase(): Promise<void>
  /** Looks at what is known without asking anybody: the bus, the queue. */
  inspect(): void
}

export interface HealthMonitorDeps {
  readonly config: Pick<RealtimeConfig, 'busGiveUpMs' | 'clockSkewMs'>
  readonly log: Logger
  readonly database: Pick<Database, 'state'>
  readonly store: Pick<Store, 'ping' | 'clockOffsetMs'>
  readonly bus: Pick<Bus, 'state' | 'since'>
  readonly queue: Pick<EventQueue, 'size' | 'oldestAgeMs' | 'onDropped' | 'journal'>
  readonly frames: RecentFrames
  readonly health: Health
  readonly clock: Clock
  checkSchema(): Promise<SchemaState>
  /** Announces the process: readers of the log ask for its open windows only after that. */
  announce(): Promise<void>
}

/** A listener that is being rebuilt is nobody's concern yet: the slow poll covers for it. */
const BUS_PATIENCE_MS = 15_000
/** A batch takes a quarter of a second; events that wait this long are not getting through. */
const EVENTS_PATIENCE_MS = 5_000
/** As many as end one socket: a single client that sends nothing else is to be seen. */
const FEWEST_REJECTED = 100
/** Lost events stay a cause for this long after the last of them. */
const LOSS_SHOWN_MS = 10 * 60_000

export function createHealthMonitor(deps: HealthMonitorDeps): HealthMonitor {
  const { config, log, database, store, bus, queue, frames, health, clock } = deps
  const busWatch = createBusWatch(health, config.busGiveUpMs, () => clock.monotonicMs())
  let lost = 0
  let lostTold = 0
  let lostAt = 0
  let damaged = 0

  queue.onDropped((reason, events) => {
    // What a deleted session still had under way is meant to vanish with it.
    if (reason === 'unknown-session') return
    lost += events.length
    lostAt = clock.monotonicMs()
  })

  const report = (code: CauseCode, isSo: boolean, detail: string): void => {
    if (isSo) health.degrade(code, detail)
    else health.recover(code)
  }

  const askDatabase = async (): Promise<void> => {
    if (health.isReady() || health.snapshot().status === 'draining') return store.ping()
    const isPending = (await deps.checkSchema()) === 'pending'
    report('MIGRATION_PENDING', isPending, 'run `bemore migrate`; this process waits for it')
    if (isPending) return
    await deps.announce()
    health.markReady()
    log.info({ event: 'ready' }, 'ready')
  }

  return {
    async checkDatabase() {
      let trouble: StoreError | null = null
      try {
        await askDatabase()
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        trouble = error
      }
      settleCauses(health, STORE_ERROR_CODES, trouble)
    },
    inspect() {
      const busAway = clock.wallMs() - bus.since
      const isLost = bus.state !== 'listening' && busAway > BUS_PATIENCE_MS
      report('BUS_LOST', isLost, 'changes made elsewhere arrive by the slow poll')
      busWatch.look(bus.state, database.state.state)
      assessClock(health, store.clockOffsetMs, config.clockSkewMs)
      const { measured, rejected, commonest } = frames.look(clock.monotonicMs())
      const isRejecting = rejected >= FEWEST_REJECTED && rejected > measured
      const frameCount = `${rejected} of ${rejected + measured} in the last minute`
      report('FRAMES_REJECTED', isRejecting, `${frameCount}, most often ${commonest}`)
      const isWaiting = queue.oldestAgeMs > EVENTS_PATIENCE_MS
      report('EVENTS_WAITING', isWaiting, `${queue.size} events wait for the database`)
      const { journal } = queue
      report('JOURNAL_UNWRITABLE', journal.state === 'unwritable', journal.detail ?? '')
      // Of what lay on disk and cannot be read, nobody else can tell.
      if (journal.damaged > damaged) {
        lost += journal.damaged - damaged
        lostAt = clock.monotonicMs()
        damaged = journal.damaged
      }
      const isLosing = lost > 0 && clock.monotonicMs() - lostAt < LOSS_SHOWN_MS
      report('EVENTS_LOST', isLosing, `${lost} events were not kept`)
      if (lost > lostTold) {
        log.error({ event: 'events.lost', count: lost - lostTold }, 'events were not kept')
        lostTold = lost
      }
    },
  }
}
