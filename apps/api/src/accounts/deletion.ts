import type { Logger } from '@bemore/ops'
import type { ErasureReceipt, Store } from '@bemore/store'
import type { CallerReader } from './caller.js'

export interface ErasedSessions {
  readonly receipts: readonly ErasureReceipt[]
  /** False: there were more than one go erases. */
  readonly complete: boolean
}

/**
 * The end of an account: at once nobody can sign in to it and nothing of the person is on it; then its
 * sessions go. What a request does not get done, and whatever a token that was still good started
 * meanwhile in another process, the sweep of the background does.
 */
export type DeleteAccount = (userId: string) => Promise<ErasedSessions>

const SESSIONS_A_BATCH = 50
/** Some seconds of work. */
const SESSIONS_A_GO = 1_000

export function createAccountDeletion(deps: {
  readonly store: Pick<Store, 'accounts' | 'erasure'>
  readonly callers: Pick<CallerReader, 'forget'>
  readonly log: Logger
}): DeleteAccount {
  const { store, callers, log } = deps
  return async (userId) => {
    callers.forget(await store.accounts.markDeleted(userId))
    const erased = await eraseSessionsOf(store.erasure, userId)
    const sessions = erased.receipts.length
    log.info({ event: 'account.deleted', userId, sessions }, 'deleted an account')
    return erased
  }
}

export async function eraseSessionsOf(
  erasure: Store['erasure'],
  userId: string,
): Promise<ErasedSessions> {
  const receipts: ErasureReceipt[] = []
  while (receipts.length < SESSIONS_A_GO) {
    const batch = await erasure.owner(userId, SESSIONS_A_BATCH)
    receipts.push(...batch)
    if (batch.length < SESSIONS_A_BATCH) return { receipts, complete: true }
  }
  return { receipts, complete: false }
}
