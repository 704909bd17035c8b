import type { SessionEvent } from '@bemore/core'
import { isSessionId } from '@bemore/protocol'
import type { Sql } from '../database/connection.js'
import type { Database } from '../database/database.js'
import { rowsOf } from '../database/rows.js'
import type { EventLog, OpenChannel } from '../store.js'
import { appendEvents, assertValidEvents } from './append-events.js'
import { transact } from './transact.js'

export function createEventLog(database: Database, readLimit: number): EventLog {
  return {
    async append(events) {
      assertValidEvents(events.map(({ event }) => event))
      return database.query((sql) => appendEvents(sql, events))
    },
    async transact(sessionId, producer, decide) {
      if (!isSessionId(sessionId)) return null
      return database.transaction((sql) => transact(sql, sessionId, producer, decide))
    },
    read: (sessionId, since, limit = readLimit) =>
      database.query((sql) =>
        rowsOf(sql<SessionEvent[]>`
          select ${eventColumns(sql)}
            from session_events
           where session_id = ${sessionId} and seq > ${since}
           order by seq
           limit ${limit}`),
      ),
    async readMany(wanted, limit = readLimit) {
      if (wanted.length === 0) return []
      return database.query((sql) =>
        rowsOf(sql<SessionEvent[]>`
          select e.*
            from jsonb_to_recordset(${sql.json(wanted)}) as w ("sessionId" text, since bigint)
           cross join lateral (
             select ${eventColumns(sql)}
               from session_events
              where session_id = w."sessionId" and seq > w.since
              order by seq
              limit ${limit}
           ) as e
           order by e."sessionId", e.seq`),
      )
    },
    async latest(sessionId, type) {
      const [event] = await database.query(
        (sql) => sql<SessionEvent[]>`
          select ${eventColumns(sql)}
            from session_events
           where session_id = ${sessionId} and type = ${type}
           order by seq desc
           limit 1`,
      )
      return event ?? null
    },
    async recent(sessionId, types, limit) {
      const newestFirst = await database.query((sql) =>
        rowsOf(sql<SessionEvent[]>`
          select ${eventColumns(sql)}
            from session_events
           where session_id = ${sessionId} and type = any(${types as string[]}::text[])
           order by seq desc
           limit ${limit}`),
      )
      return newestFirst.reverse()
    },
    async lastSeqs(sessionIds) {
      if (sessionIds.length === 0) return new Map()
      const rows = await database.query(
        (sql) => sql<{ id: string; last_seq: number }[]>`
          select id, last_seq from sessions where id = any(${sessionIds}::text[])`,
      )
      return new Map(rows.map((row) => [row.id, row.last_seq]))
    },
    openChannels: (sessionId) =>
      database.query((sql) =>
        rowsOf(sql<OpenChannel[]>`
          select session_id as "sessionId", channel, connection_id as "connectionId",
                 process_id as "processId", opened_at as "openedAt"
            from session_channels
           where session_id = ${sessionId}
           order by opened_at, connection_id, channel`),
      ),
  }
}

function eventColumns(sql: Sql) {
  return sql`session_id as "sessionId", seq, type, at, data`
}
