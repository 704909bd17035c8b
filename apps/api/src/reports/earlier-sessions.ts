import { foldFigures, type SessionFigures } from '@bemore/core'
import type { SessionRow, Store } from '@bemore/store'
import { ApiError } from '../http/api-error.js'
import { readWholeLog } from './whole-log.js'

/**
 * What a session is compared with: the same person's sessions before it. Only an owner is a person; a
 * device may be anybody's, and a session of nobody's is compared with nothing.
 */
export type EarlierSessions = (session: SessionRow) => Promise<readonly SessionFigures[]>

export interface EarlierSessionsDeps {
  readonly store: Pick<Store, 'sessions' | 'log'>
  /** Longest log that is folded. */
  readonly eventLimit: number
}

const COMPARED = 5
const KEPT = 1_000

export function createEarlierSessions({ store, eventLimit }: EarlierSessionsDeps): EarlierSessions {
  /** By id and length of the log, so that an erasure (which lengthens it) makes them anew. */
  const kept = new Map<string, SessionFigures | null>()

  const figuresOf = async ({ id, lastSeq }: SessionRow): Promise<SessionFigures | null> => {
    const key = `${id} ${lastSeq}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const figures = foldFigures(await readWholeLog(store.log, id, eventLimit))
    kept.set(key, figures)
    if (kept.size > KEPT) kept.delete(kept.keys().next().value as string)
    return figures
  }

  return async ({ ownerId, startedAt, id }) => {
    if (ownerId === null) return []
    const before = { startedAt, id }
    const earlier = await store.sessions.list({
      ...{ ownerId, status: 'ended', before, limit: COMPARED },
    })
    const figures: SessionFigures[] = []
    // One after the other: each may be a log of hours. One that cannot be folded is not compared with.
    for (const each of earlier) {
      const found = await figuresOf(each).catch(ignoreTooLong)
      if (found !== null) figures.push(found)
    }
    return figures
  }
}

function ignoreTooLong(error: unknown): null {
  if (error instanceof ApiError) return null
  throw error
}
