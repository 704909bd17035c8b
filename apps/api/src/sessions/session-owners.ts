import type { Store } from '@bemore/store'
import { ApiError } from '../http/api-error.js'
import { keepRecent } from '../memory/keep-recent.js'

/**
 * Whose a session is. That never changes, so it is remembered, and a kept report can be answered
 * without the database as before; of a session that was erased meanwhile the route finds nothing.
 */
export interface SessionOwners {
  /** null: nobody's; undefined: not known here. */
  peek(sessionId: string): string | null | undefined
  /** @throws ApiError SESSION_NOT_FOUND @throws StoreError */
  read(sessionId: string): Promise<string | null>
}

export function createSessionOwners(
  store: Pick<Store, 'sessions'>,
  maxEntries: number,
): SessionOwners {
  const known = new Map<string, string | null>()
  return {
    peek: (sessionId) => known.get(sessionId),
    async read(sessionId) {
      const session = await store.sessions.get(sessionId)
      if (session === null) throw new ApiError('SESSION_NOT_FOUND')
      // The id of the row: the one asked for may be a slice, which keeps the whole URL in memory.
      keepRecent(known, session.id, session.ownerId, maxEntries)
      return session.ownerId
    },
  }
}
