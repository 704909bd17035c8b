import { foldFigures, type SessionFigures } from '@bemore/core'
import type { Logger } from '@bemore/ops'
import type { OwnedSession, Store } from '@bemore/store'
import { ApiError } from '../http/api-error.js'
import { readWholeLog } from '../reports/whole-log.js'

/** A session whose figures are not at hand. */
export type UnreadSession = Pick<OwnedSession, 'id' | 'status' | 'lastSeq'>

/**
 * Folds the figures of sessions of which none are kept (any more), and keeps those of ended ones; what
 * is folded of a running session is out of date with its next window. A fold is as long as a session,
 * so a request gets so many and the next one the rest. Those that have ended come first: a running one
 * is to be folded again for every request, and some of them would keep the others waiting for ever.
 */
export interface FiguresReader {
  /**
   * @param sessions in the order of their importance
   * @returns by id; `isAll`: none that has ended is left for another time
   */
  read(
    sessions: readonly UnreadSession[],
    bounds: FoldBounds,
  ): Promise<{ readonly found: ReadonlyMap<string, SessionFigures>; readonly isAll: boolean }>
}

export interface FoldBounds {
  readonly most: number
  /** None is begun after so many ms. */
  readonly withinMs?: number
}

/** What a page may cost where its sessions have not been read yet; the next request goes on. */
export const PAGE_BOUNDS: FoldBounds = { most: 8, withinMs: 500 }

export interface FiguresReaderDeps {
  readonly store: Pick<Store, 'log' | 'history'>
  readonly log: Logger
  /** Longest log that is folded; a session beyond it stays unread. */
  readonly eventLimit: number
}

export function createFiguresReader({ store, log, eventLimit }: FiguresReaderDeps): FiguresReader {
  /** Two pages of one person ask for the same at the same time. */
  const underway = new Map<string, Promise<SessionFigures | null>>()

  const fold = async ({ id, status }: UnreadSession): Promise<SessionFigures | null> => {
    const events = await readWholeLog(store.log, id, eventLimit)
    const figures = foldFigures(events)
    const lastSeq = events.at(-1)?.seq
    if (figures === null || lastSeq === undefined) return null
    if (status === 'ended') {
      // Not kept, it is folded again: no reason to fail a reply.
      await store.history.keep(id, lastSeq, figures).catch((error: unknown) => {
        log.debug({ event: 'figures.unkept', err: error }, 'figures of a session were not kept')
      })
    }
    return figures
  }

  const share = (session: UnreadSession): Promise<SessionFigures | null> => {
    const key = `${session.id} ${session.lastSeq}`
    const current = underway.get(key)
    if (current !== undefined) return current
    const started = fold(session)
      .catch(ignoreTooLong)
      .finally(() => underway.delete(key))
    underway.set(key, started)
    return started
  }

  return {
    async read(sessions, { most, withinMs = Number.POSITIVE_INFINITY }) {
      const readable = sessions.filter(({ lastSeq }) => lastSeq <= eventLimit)
      const ended = readable.filter(({ status }) => status === 'ended')
      const running = readable.filter(({ status }) => status !== 'ended')
      const found = new Map<string, SessionFigures>()
      const begun = performance.now()
      let read = 0
      // One after the other: each may be a log of hours.
      for (const session of [...ended, ...running].slice(0, most)) {
        if (performance.now() - begun >= withinMs) break
        const figures = await share(session)
        if (figures !== null) found.set(session.id, figures)
        read += 1
      }
      return { found, isAll: read >= ended.length }
    },
  }
}

/** It has grown since it was listed. */
function ignoreTooLong(error: unknown): null {
  if (error instanceof ApiError && error.code === 'SESSION_LOG_TOO_LONG') return null
  throw error
}
