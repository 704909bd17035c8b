import { createHash } from 'node:crypto'
import type { ApiConfig } from '@bemore/ops'
import type { AccountStore } from '@bemore/store'
import { ApiError } from '../http/api-error.js'
import { networkOf } from '../http/network.js'

/**
 * Guessing passwords. An attempt is counted before the password is looked at, so many at once count
 * too, and for addresses without an account alike, so that it tells nothing. From one network few
 * attempts are allowed, from all together more, and those beyond the first limit are no attempts any
 * more: so one stranger cannot lock somebody out, and a botnet cannot go on for ever.
 */
export interface LoginGuard {
  /** @throws ApiError TOO_MANY_ATTEMPTS, with when to come back */
  count(email: string, address: string): Promise<void>
  /** The password was right. */
  forgive(email: string, address: string): Promise<void>
}

export function createLoginGuard(deps: {
  readonly config: Pick<ApiConfig, 'loginAttempts' | 'loginAttemptsAnywhere' | 'loginWindowMs'>
  readonly accounts: Pick<AccountStore, 'countAttempt' | 'forgiveAttempt'>
  now(): number
}): LoginGuard {
  const { config, accounts, now } = deps
  const { loginAttempts, loginAttemptsAnywhere, loginWindowMs } = config
  const here = (email: string, address: string) => digest(`here ${networkOf(address)} ${email}`)
  const anywhere = (email: string) => digest(`anywhere ${email}`)

  return {
    async count(email, address) {
      const lockedUntil =
        (await accounts.countAttempt(here(email, address), loginAttempts, loginWindowMs)) ??
        (await accounts.countAttempt(anywhere(email), loginAttemptsAnywhere, loginWindowMs))
      if (lockedUntil === null) return
      const seconds = Math.max(1, Math.ceil((lockedUntil - now()) / 1_000))
      throw new ApiError('TOO_MANY_ATTEMPTS', [], seconds)
    },
    forgive: (email, address) => accounts.forgiveAttempt([here(email, address), anywhere(email)]),
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
