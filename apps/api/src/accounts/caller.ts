import { type AccessTokens, createSignInCheck } from '@bemore/accounts'
import type { ApiConfig } from '@bemore/ops'
import { type AccountStore, StoreError } from '@bemore/store'
import { ApiError } from '../http/api-error.js'
import { keepRecent } from '../memory/keep-recent.js'

/** Who calls: the user of an access token. */
export interface Caller {
  readonly userId: string
  readonly signInId: string
}

/**
 * Who is signed in, on a route for signed-in users.
 * @throws ApiError AUTH_REQUIRED
 */
export function requireCaller({ caller }: { readonly caller: Caller | null }): Caller {
  if (caller === null) throw new ApiError('AUTH_REQUIRED')
  return caller
}

/**
 * Reads callers from access tokens. A token is verified once and remembered; whether its sign-in was
 * ended since is asked of the database every TOKEN_CHECK_MS, so an end in another process counts that
 * much later at most, and in this one at once. While the database is away a good signature is enough:
 * nobody is signed out by an outage.
 */
export interface CallerReader {
  /** What memory knows of the token for certain. */
  peek(token: string): Caller | undefined
  /** @throws ApiError TOKEN_EXPIRED, TOKEN_INVALID */
  read(token: string): Promise<Caller>
  /** The sign-in was ended here. */
  forget(signInIds: readonly string[]): void
}

interface Remembered {
  readonly caller: Caller
  readonly expiresAt: number
  readonly checkAt: number
}

/** A token is a slice of its header, and a slice keeps all of that in memory; tokens are ASCII. */
const copyOf = (token: string): string => Buffer.from(token, 'latin1').toString('latin1')

export function createCallerReader(deps: {
  readonly config: Pick<ApiConfig, 'tokenCheckMs' | 'tokenCacheEntries'>
  readonly tokens: AccessTokens
  readonly accounts: Pick<AccountStore, 'isSignedIn'>
  now(): number
}): CallerReader {
  const { config, tokens, accounts, now } = deps
  const signIns = createSignInCheck({
    ask: accounts.isSignedIn,
    isAway: (error) => error instanceof StoreError,
  })
  /** By token, in the order of their last check. */
  const remembered = new Map<string, Remembered>()
  /** A page asks for many things at once: one check answers them all. */
  let underway = new Map<string, Promise<Caller>>()

  const remember = (token: string, entry: Remembered) => {
    keepRecent(remembered, copyOf(token), entry, config.tokenCacheEntries)
  }

  const check = async (token: string): Promise<Caller> => {
    const begun = underway
    const verdict = await tokens.verify(token)
    if (!verdict.ok) throw new ApiError(verdict.code)
    const { userId, signInId, expiresAt } = verdict.claims
    if (!(await signIns.goesOn(signInId))) {
      remembered.delete(token)
      throw new ApiError('TOKEN_INVALID')
    }
    const caller = { userId, signInId }
    // Something was ended here since: it may be this, and the answer older.
    if (begun === underway) {
      remember(token, { caller, expiresAt, checkAt: now() + config.tokenCheckMs })
    }
    return caller
  }

  return {
    peek(token) {
      const entry = remembered.get(token)
      if (entry === undefined) return undefined
      const atMs = now()
      return atMs < entry.expiresAt && atMs < entry.checkAt ? entry.caller : undefined
    },
    read(token) {
      const current = underway.get(token)
      if (current !== undefined) return current
      const begun = underway
      const checked = check(token).finally(() => begun.delete(token))
      begun.set(token, checked)
      return checked
    },
    forget(signInIds) {
      if (signInIds.length === 0) return
      signIns.note(signInIds)
      // Who comes now does not wait for an answer from before.
      underway = new Map()
      const ended = new Set(signInIds)
      for (const [token, { caller }] of remembered) {
        if (ended.has(caller.signInId)) remembered.delete(token)
      }
    },
  }
}
