import type { Store } from '@bemore/store'
import { eraseSessionsOf } from '../accounts/deletion.js'

const ROWS_A_PASS = 1_000
const USERS_A_PASS = 20
/** Longer than any process may take a token's word that its sign-in goes on. */
const LINGER_MS = 15 * 60_000

/** Removes sign-ins and attempts that are over, and what deleted accounts have left. */
export function createAccountSweep(deps: {
  readonly store: Pick<Store, 'accounts' | 'erasure'>
  now(): number
}): { run(): Promise<void> } {
  const { store, now } = deps
  return {
    async run() {
      await store.accounts.sweep(ROWS_A_PASS)
      for (const userId of await store.accounts.listDeleted(USERS_A_PASS)) {
        await eraseSessionsOf(store.erasure, userId)
      }
      await store.accounts.forgetDeleted(now() - LINGER_MS)
    },
  }
}
