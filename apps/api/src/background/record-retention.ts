import type { ApiConfig, Logger } from '@bemore/ops'
import type { Store } from '@bemore/store'

/**
 * Keeps the operator's records, incidents and the audit log, to the days they are kept for. Several
 * processes may be at it; each pass does a bounded share.
 */
export interface RecordRetention {
  run(): Promise<void>
}

export interface RecordRetentionDeps {
  readonly store: Pick<Store, 'incidents' | 'audit'>
  readonly log: Logger
  readonly config: Pick<ApiConfig, 'incidentRetentionDays' | 'auditRetentionDays'>
  now(): number
}

const DAY_MS = 24 * 60 * 60_000
const BATCH = 1_000
const PASSES = 20

export function createRecordRetention(deps: RecordRetentionDeps): RecordRetention {
  const { store, log, config, now } = deps
  return {
    async run() {
      const daysAgo = (days: number) => now() - days * DAY_MS
      const { incidentRetentionDays, auditRetentionDays } = config
      const closed = await store.incidents.closeLeftOpen(BATCH)
      const incidents = await inPasses(() =>
        store.incidents.expire(daysAgo(incidentRetentionDays), BATCH),
      )
      const audit = await inPasses(() => store.audit.expire(daysAgo(auditRetentionDays), BATCH))
      if (closed + incidents + audit === 0) return
      log.info({ event: 'records.swept', closed, incidents, audit }, 'swept the records')
    },
  }
}

/** A flood leaves more than one pass removes. */
async function inPasses(expire: () => Promise<number>): Promise<number> {
  let total = 0
  for (let pass = 0; pass < PASSES; pass += 1) {
    const removed = await expire()
    total += removed
    if (removed < BATCH) break
  }
  return total
}
