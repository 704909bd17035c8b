import { createTokenBucket, type Logger, type TokenBucket } from '@bemore/ops'
import type { AuditEntry, Store } from '@bemore/store'

/**
 * Writes down what operators do, and what users do with their accounts. A record that cannot be written is loud in the log and no more: what
 * was done is done, and saying that it failed would have it done twice.
 */
export interface AuditTrail {
  record(entry: AuditEntry): Promise<void>
  /** The same for a call that was turned away; of a flood of them only so many are written. */
  recordRefused(entry: Omit<AuditEntry, 'outcome'>): Promise<void>
}

/** Whoever tries tokens must not fill the database; the log and the metrics have all of them. */
const REFUSED_PER_SECOND = 1
const REFUSED_AT_ONCE = 60

export function createAuditTrail(deps: {
  readonly store: Pick<Store, 'audit'>
  readonly log: Logger
}): AuditTrail {
  /** Each action has its own, so that a flood of one hides nothing of another. */
  const refused = new Map<AuditEntry['action'], TokenBucket>()
  const mayRecord = (action: AuditEntry['action']): boolean => {
    const bucket = refused.get(action) ?? createTokenBucket(REFUSED_PER_SECOND, REFUSED_AT_ONCE)
    refused.set(action, bucket)
    return bucket.take(performance.now())
  }

  const record = async (entry: AuditEntry) => {
    try {
      await deps.store.audit.record(entry)
    } catch (error) {
      deps.log.error({ event: 'audit.not_written', ...entry, err: error }, 'not in the audit log')
    }
  }
  return {
    record,
    async recordRefused(entry) {
      if (!mayRecord(entry.action)) return
      await record({ ...entry, outcome: 'refused' })
    },
  }
}
