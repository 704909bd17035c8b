import { type AccountStore, StoreError, type UserRow } from '@bemore/store'
import { keepRecent } from '../memory/keep-recent.js'

/**
 * Users as this process saw them last. The web client signs out over any failure of "who am I", at
 * every load of a page: while the database is away, the user as last seen is the better answer.
 */
export interface KnownUsers {
  /**
   * @returns null where there is no such user (any more)
   * @throws StoreError where the database is away and the user was not seen here
   */
  read(userId: string): Promise<{ readonly user: UserRow | null; readonly stale: boolean }>
}

const REMEMBERED = 10_000

export function createKnownUsers(accounts: Pick<AccountStore, 'get'>): KnownUsers {
  const seen = new Map<string, UserRow>()

  const remember = (userId: string, user: UserRow | null) => {
    if (user === null) seen.delete(userId)
    else keepRecent(seen, userId, user, REMEMBERED)
  }
  return {
    async read(userId) {
      try {
        const user = await accounts.get(userId)
        remember(userId, user)
        return { user, stale: false }
      } catch (error) {
        const user = seen.get(userId)
        if (!(error instanceof StoreError) || user === undefined) throw error
        return { user, stale: true }
      }
    },
  }
}
