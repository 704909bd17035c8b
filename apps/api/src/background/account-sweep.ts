import type { ApiConfig } from '@bemore/ops'
import type { Store } from '@bemore/store'
import { eraseSessionsOf } from '../accounts/deletion.js'

const ROWS_A_PASS = 1_000
const USERS_A_PASS = 20
/** Beyond the life of the last access token there may be: until then it can start a session somewhere. */
const LINGER_MS = 60 * 60_000
const DAY_MS = 24 * 60 * 60_000
/** A flood of guesses leaves more than one pass removes. */
const PASSES = 20

/** Removes sign-ins and attempts that are over, and what deleted accounts have left. */
export function createAccountSweep(deps: {
  readonly store: Pick<Store, 'accounts' | 'erasure'>
  readonly config: Pick<ApiConfig, 'accessTokenLifetimeMs' | 'refreshTokenDays'>
  now(): number
}): { run(): Promise<void> } {
  const { store, config, now } = deps
  const tokenAgeMs = config.refreshTokenDays * DAY_MS
  return {
    async run() {
      for (let pass = 0; pass < PASSES; pass += 1) {
        if ((await store.accounts.sweep(ROWS_A_PASS, tokenAgeMs)) < ROWS_A_PASS) break
      }
      for (const userId of await store.accounts.listDeleted(USERS_A_PASS)) {
        await eraseSessionsOf(store.erasure, userId)
      }
      await store.accounts.forgetDeleted(now() - config.accessTokenLifetimeMs - LINGER_MS)
    },
  }
}
