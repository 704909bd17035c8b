import { FIGURES_VERSION } from '@bemore/core'
import type { Sql } from '../database/connection.js'
import type { HistoryWish, OwnedSession, SessionOutline } from './history-store.js'

/**
 * The statements of the history, for the store to run and for a test to explain. Figures are looked up
 * one by one in the list of columns: a join of a thousand sessions might as well be planned as a scan
 * of everybody's figures.
 */
export function selectPastSessions(sql: Sql, { ownerId, status, before, limit }: HistoryWish) {
  return sql<OwnedSession[]>`
    select ${columns(sql)}, ${kept(sql, sql`f.figures`)} as figures
      from sessions as s
     where s.owner_id = ${ownerId}
       ${status === undefined ? sql`` : sql`and s.status = ${status}`}
       ${before === undefined ? sql`` : sql`and (s.started_at, s.id) < (${before.startedAt}, ${before.id})`}
     order by s.started_at desc, s.id desc
     limit ${limit}`
}

export function selectOutlines(sql: Sql, ownerId: string, limit: number) {
  return sql<SessionOutline[]>`
    select ${columns(sql)}, ${kept(sql, sql`f.figures ->> 'emotion'`)} as emotion
      from sessions as s
     where s.owner_id = ${ownerId}
     order by s.started_at desc, s.id desc
     limit ${limit}`
}

type Fragment = ReturnType<typeof columns>

function columns(sql: Sql) {
  return sql`
    s.id, s.status, s.started_at as "startedAt", s.ended_at as "endedAt", s.last_seq as "lastSeq"`
}

/** Of the figures of the log as it is now, by the code as it is now; else null. */
function kept(sql: Sql, what: Fragment) {
  return sql`(
      select ${what}
        from session_figures as f
       where f.session_id = s.id and f.last_seq = s.last_seq and f.version = ${FIGURES_VERSION})`
}
