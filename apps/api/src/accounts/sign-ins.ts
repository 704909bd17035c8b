import {
  type AccessTokens,
  createRefreshToken,
  digestRefreshToken,
  type Passwords,
} from '@bemore/accounts'
import type { ApiConfig, Logger } from '@bemore/ops'
import type { AccountStore, UserRow } from '@bemore/store'
import { ApiError } from '../http/api-error.js'
import type { CallerReader } from './caller.js'
import { createLoginGuard } from './login-guard.js'

export interface SignedIn {
  readonly user: UserRow
  readonly accessToken: string
  readonly refreshToken: string
}

/** From a password to tokens, from tokens to newer ones, and to their end. */
export interface SignIns {
  /**
   * @param email in the form that `fitEmail` gives
   * @throws ApiError CREDENTIALS_WRONG, TOO_MANY_ATTEMPTS
   */
  login(email: string, password: string, address: string): Promise<SignedIn>
  /** Id of the user who has this address, for the audit log and nobody else. */
  whoseAddress(email: string): Promise<string | null>
  /** @throws ApiError REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED */
  refresh(refreshToken: string): Promise<SignedIn>
  /** Ends what either token belongs to, also when it has expired; with neither nothing. */
  logout(tokens: { readonly access?: string; readonly refresh?: string }): Promise<void>
  /**
   * Whether it is this user's password; guesses count as attempts to sign in.
   * @returns the hash it was held against
   * @throws ApiError PASSWORD_WRONG, TOO_MANY_ATTEMPTS
   */
  confirm(user: UserRow, password: string, address: string): Promise<string>
}

const DAY_MS = 24 * 60 * 60_000

export function createSignIns(deps: {
  readonly config: ApiConfig
  readonly log: Logger
  readonly accounts: AccountStore
  readonly tokens: AccessTokens
  readonly callers: CallerReader
  readonly passwords: Passwords
  now(): number
}): SignIns {
  const { config, log, accounts, tokens, callers, passwords, now } = deps
  const guard = createLoginGuard({ config, accounts, now })
  const lifetimeMs = config.refreshTokenDays * DAY_MS

  const isRight = async (
    email: string,
    password: string,
    address: string,
    passwordHash: string | null,
  ): Promise<boolean> => {
    const isRight = await passwords.verify(passwordHash, password.normalize('NFKC'))
    if (isRight) await guard.forgive(email, address)
    return isRight
  }

  return {
    async login(email, password, address) {
      await guard.count(email, address)
      const found = await accounts.findByEmail(email)
      const isKnown = await isRight(email, password, address, found?.passwordHash ?? null)
      if (!isKnown || found === null) throw new ApiError('CREDENTIALS_WRONG')
      const { user } = found
      const refreshToken = createRefreshToken()
      const signInId = await accounts.signIn({
        userId: user.id,
        refreshDigest: digestRefreshToken(refreshToken),
        lifetimeMs,
        limit: config.signInsPerUser,
        passwordHash: found.passwordHash,
      })
      if (signInId === null) throw new ApiError('CREDENTIALS_WRONG')
      return { user, accessToken: await tokens.issue(user.id, signInId), refreshToken }
    },
    whoseAddress: async (email) => (await accounts.findByEmail(email))?.user.id ?? null,
    async refresh(shown) {
      const refreshToken = createRefreshToken()
      const refreshed = await accounts.refresh({
        shown: digestRefreshToken(shown),
        next: digestRefreshToken(refreshToken),
        graceMs: config.refreshGraceMs,
        lifetimeMs,
      })
      if (refreshed.outcome === 'unknown') throw new ApiError('REFRESH_TOKEN_INVALID')
      if (refreshed.outcome === 'reused') {
        const { userId, signInId } = refreshed
        callers.forget([signInId])
        log.warn(
          { event: 'account.token_reused', userId },
          'ended a sign-in whose token was copied',
        )
        throw new ApiError('REFRESH_TOKEN_REUSED')
      }
      const { user, signInId } = refreshed
      return { user, accessToken: await tokens.issue(user.id, signInId), refreshToken }
    },
    async logout({ access, refresh }) {
      const claims = access === undefined ? null : await tokens.readExpired(access)
      if (claims === null && refresh === undefined) return
      const ended = await accounts.signOut({
        ...(claims !== null && { signInId: claims.signInId }),
        ...(refresh !== undefined && { refreshDigest: digestRefreshToken(refresh) }),
      })
      callers.forget(ended)
    },
    async confirm(user, password, address) {
      await guard.count(user.email, address)
      const passwordHash = await accounts.passwordHash(user.id)
      const isConfirmed = await isRight(user.email, password, address, passwordHash)
      if (!isConfirmed || passwordHash === null) throw new ApiError('PASSWORD_WRONG')
      return passwordHash
    },
  }
}
