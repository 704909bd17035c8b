import type { SessionFigures } from '@bemore/core'
import type { SessionRow, Store } from '@bemore/store'
import type { FiguresReader } from '../history/figures-reader.js'
import type { ComparedSession } from './compared-sessions.js'

/**
 * What a session is compared with: the same person's sessions before it. Only an owner is a person; a
 * device may be anybody's, and a session of nobody's is compared with nothing.
 */
export type EarlierSessions = (session: SessionRow) => Promise<Earlier>

export interface Earlier {
  readonly figures: readonly SessionFigures[]
  /** Whose they are. */
  readonly sessions: readonly ComparedSession[]
}

export const NOTHING_EARLIER: Earlier = { figures: [], sessions: [] }

export interface EarlierSessionsDeps {
  readonly store: Pick<Store, 'history'>
  readonly figures: FiguresReader
}

const COMPARED = 5

export function createEarlierSessions({ store, figures }: EarlierSessionsDeps): EarlierSessions {
  return async ({ ownerId, startedAt, id }) => {
    if (ownerId === null) return NOTHING_EARLIER
    const before = { startedAt, id }
    const earlier = await store.history.list({
      ...{ ownerId, status: 'ended', before, limit: COMPARED },
    })
    const unread = earlier.filter((session) => session.figures === null)
    const { found } = await figures.read(unread, { most: COMPARED })
    return {
      figures: earlier.flatMap((session) => session.figures ?? found.get(session.id) ?? []),
      sessions: earlier.map(({ id, lastSeq }) => ({ id, lastSeq })),
    }
  }
}
