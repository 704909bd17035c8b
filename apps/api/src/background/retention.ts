import type { ApiConfig, Logger, Metrics } from '@bemore/ops'
import type { Store } from '@bemore/store'

/**
 * Erases what is kept no longer. Several processes may be at it: each takes sessions that no other has
 * locked, one a transaction, and at most so many a pass, so that the living have the database.
 */
export interface Retention {
  run(): Promise<void>
  readonly erased: { events: number; data: number; sessions: number }
}

export interface RetentionDeps {
  readonly store: Pick<Store, 'erasure'>
  readonly log: Logger
  readonly config: Pick<ApiConfig, 'retentionAggregatesDays' | 'retentionSessionsDays'>
  /** Name of this process in the log of events. */
  readonly producer: string
  now(): number
}

const DAY_MS = 24 * 60 * 60_000
const SESSIONS_A_PASS = 200
const BATCH = 20

export function createRetention(deps: RetentionDeps): Retention {
  const { store, log, config, producer, now } = deps
  const erased = { events: 0, data: 0, sessions: 0 }

  const expireData = async (days: number): Promise<number> => {
    let sessions = 0
    while (sessions < SESSIONS_A_PASS) {
      const events = await store.erasure.expireData(now() - days * DAY_MS, now(), producer)
      if (events === null) break
      sessions += 1
      erased.events += events
    }
    return sessions
  }

  const expireSessions = async (days: number): Promise<number> => {
    let sessions = 0
    while (sessions < SESSIONS_A_PASS) {
      const batch = await store.erasure.expireSessions(now() - days * DAY_MS, BATCH)
      sessions += batch
      if (batch < BATCH) break
    }
    return sessions
  }

  return {
    erased,
    async run() {
      const { retentionAggregatesDays, retentionSessionsDays } = config
      const sessions = retentionSessionsDays === 0 ? 0 : await expireSessions(retentionSessionsDays)
      const data = retentionAggregatesDays === 0 ? 0 : await expireData(retentionAggregatesDays)
      erased.sessions += sessions
      erased.data += data
      if (sessions + data > 0) {
        log.info({ event: 'retention.done', sessions, data }, 'erased what is kept no longer')
      }
    },
  }
}

export function registerRetentionMetrics(metrics: Metrics, { erased }: Retention): void {
  metrics.counters(
    'bemore_retention_erased_total',
    'What retention erased: whole sessions, the data of sessions, and the events of such data',
    ['what'],
    () => [
      [erased.sessions, 'session'],
      [erased.data, 'session_data'],
      [erased.events, 'event'],
    ],
  )
}
