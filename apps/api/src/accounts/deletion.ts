import type { Logger } from '@bemore/ops'
import type { ErasureReceipt, Store } from '@bemore/store'
import type { CallerReader } from './caller.js'

/**
 * The end of an account: at once nobody can sign in to it and nothing of the person is on it; then its
 * sessions go, a few a transaction. What a request does not get done, and whatever a token that was
 * still good started meanwhile in another process, the sweep does.
 */
export interface AccountDeletion {
  /** @returns receipts of what was erased, and whether that was all. */
  run(userId: string): Promise<{ receipts: readonly ErasureReceipt[]; complete: boolean }>
  sweep(): Promise<void>
}

const SESSIONS_A_BATCH = 50
/** Some seconds of work; a person with more waits for the sweep. */
const SESSIONS_A_REQUEST = 1_000
const USERS_A_SWEEP = 20
/** Longer than any process may take a token's word that its sign-in goes on. */
const LINGER_MS = 15 * 60_000

export function createAccountDeletion(deps: {
  readonly store: Pick<Store, 'accounts' | 'erasure'>
  readonly callers: Pick<CallerReader, 'forget'>
  readonly log: Logger
  now(): number
}): AccountDeletion {
  const { store, callers, log, now } = deps

  const eraseSessions = async (userId: string) => {
    const receipts: ErasureReceipt[] = []
    while (receipts.length < SESSIONS_A_REQUEST) {
      const batch = await store.erasure.owner(userId, SESSIONS_A_BATCH)
      receipts.push(...batch)
      if (batch.length < SESSIONS_A_BATCH) return { receipts, complete: true }
    }
    return { receipts, complete: false }
  }

  return {
    async run(userId) {
      callers.forget(await store.accounts.markDeleted(userId))
      const result = await eraseSessions(userId)
      const sessions = result.receipts.length
      log.info({ event: 'account.deleted', userId, sessions }, 'deleted an account')
      return result
    },
    async sweep() {
      for (const userId of await store.accounts.listDeleted(USERS_A_SWEEP)) {
        await eraseSessions(userId)
      }
      await store.accounts.forgetDeleted(now() - LINGER_MS)
    },
  }
}
