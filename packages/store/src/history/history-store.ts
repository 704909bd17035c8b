import { FIGURES_VERSION, type SessionFigures } from '@bemore/core'
import type { EmotionOrUnknown, SessionStatus } from '@bemore/protocol'
import type { JSONValue } from 'postgres'
import type { Sql } from '../database/connection.js'
import type { Database } from '../database/database.js'
import { rowsOf } from '../database/rows.js'
import { selectOutlines, selectPastSessions } from './past-sessions.js'

/** A session of an owner with what is kept of it; `figures` are null where its log has grown since. */
export interface OwnedSession {
  readonly id: string
  readonly status: SessionStatus
  /** Unix ms. */
  readonly startedAt: number
  readonly endedAt: number | null
  readonly lastSeq: number
  readonly figures: SessionFigures | null
}

/** The same in few bytes, to be counted by the thousand. */
export interface SessionOutline extends Omit<OwnedSession, 'figures'> {
  /** Dominant; null where no figures are kept. */
  readonly emotion: EmotionOrUnknown | null
}

export interface HistoryWish {
  readonly ownerId: string
  readonly status?: SessionStatus
  /** `startedAt` and id of the session that those asked for are older than. */
  readonly before?: { readonly startedAt: number; readonly id: string }
  readonly limit: number
}

/** A person's own sessions over time, newest first. It costs what `limit` asks for, however many there are. */
export interface HistoryStore {
  list(wish: HistoryWish): Promise<OwnedSession[]>
  outline(ownerId: string, limit: number): Promise<SessionOutline[]>
  /**
   * Keeps figures that were made of the log up to `lastSeq`.
   * @returns false where nothing is kept: the log has grown meanwhile, or is gone.
   */
  keep(sessionId: string, lastSeq: number, figures: SessionFigures): Promise<boolean>
}

export function createHistoryStore(database: Database): HistoryStore {
  return {
    list: (wish) => database.query((sql) => rowsOf(selectPastSessions(sql, wish))),
    outline: (ownerId, limit) =>
      database.query((sql) => rowsOf(selectOutlines(sql, ownerId, limit))),
    keep: (sessionId, lastSeq, figures) =>
      database.query((sql) => keepFigures(sql, sessionId, lastSeq, figures)),
  }
}

/**
 * The lock is what an append waits for, and waits for an append itself: what somebody withdraws at this
 * moment is erased after this, or found here by the log's having grown. What code of another version
 * has kept is overwritten, be it newer: after a rollback it would be in the way for ever.
 */
async function keepFigures(
  sql: Sql,
  sessionId: string,
  lastSeq: number,
  figures: SessionFigures,
): Promise<boolean> {
  const { count } = await sql`
    insert into session_figures (session_id, last_seq, version, figures)
    select id, last_seq, ${FIGURES_VERSION}, ${sql.json(figures as unknown as JSONValue)}
      from sessions
     where id = ${sessionId} and last_seq = ${lastSeq}
       for share
    on conflict (session_id) do update
       set last_seq = excluded.last_seq, version = excluded.version, figures = excluded.figures`
  return count === 1
}
