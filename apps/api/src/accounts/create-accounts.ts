import {
  createAccessTokens,
  createPasswords,
  loadSigningSecret,
  type Passwords,
} from '@bemore/accounts'
import type { ApiConfig, Logger } from '@bemore/ops'
import type { Store } from '@bemore/store'
import { type CallerReader, createCallerReader } from './caller.js'
import { createAccountDeletion, type DeleteAccount } from './deletion.js'
import { createSignIns, type SignIns } from './sign-ins.js'

/** What the routes know of people. */
export interface Accounts {
  readonly callers: CallerReader
  readonly passwords: Passwords
  readonly signIns: SignIns
  readonly deleteAccount: DeleteAccount
}

export function createAccounts(deps: {
  readonly config: ApiConfig
  readonly log: Logger
  readonly store: Pick<Store, 'accounts' | 'erasure'>
  now(): number
}): Accounts {
  const { config, log, store, now } = deps
  const { accounts } = store
  const secret = loadSigningSecret(config)
  const tokens = createAccessTokens({ secret, lifetimeMs: config.accessTokenLifetimeMs, now })
  const callers = createCallerReader({ config, tokens, accounts, now })
  const passwords = createPasswords(config)
  return {
    callers,
    passwords,
    signIns: createSignIns({ config, log, accounts, tokens, callers, passwords, now }),
    deleteAccount: createAccountDeletion({ store, callers, log }),
  }
}
