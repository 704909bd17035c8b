import { isSessionId } from '@bemore/protocol'
import type { Sql } from '../database/connection.js'
import type { Database } from '../database/database.js'
import { idsOf, rowsOf } from '../database/rows.js'
import type { SessionRow, SessionStore } from '../store.js'
import { selectSession, sessionColumns } from './session-row.js'
import { startSession } from './start-session.js'

export function createSessionStore(database: Database): SessionStore {
  return {
    start: (start) => database.query((sql) => startSession(sql, start)),
    async get(sessionId) {
      // What cannot be an id need not cost a round trip, nor reach the server (a NUL would be an error).
      if (!isSessionId(sessionId)) return null
      return database.query((sql) => selectSession(sql, sessionId))
    },
    list: (filter) => database.query((sql) => listSessions(sql, filter)),
    listAbandoned: (before, limit) =>
      database.query((sql) =>
        idsOf(sql`
          select id from sessions
           where status <> 'ended' and open_channels = 0 and last_active_at < ${before}
           order by started_at, id
           limit ${limit}`),
      ),
  }
}

async function listSessions(
  sql: Sql,
  filter: Parameters<SessionStore['list']>[0],
): Promise<SessionRow[]> {
  const { ownerId, deviceId, status, before, limit } = filter
  return rowsOf(sql<SessionRow[]>`
    select ${sessionColumns(sql)}
      from sessions
     where true
       ${ownerId === undefined ? sql`` : sql`and owner_id = ${ownerId}`}
       ${deviceId === undefined ? sql`` : sql`and device_id = ${deviceId} and owner_id is null`}
       ${status === undefined ? sql`` : sql`and status = ${status}`}
       ${before === undefined ? sql`` : sql`and (started_at, id) < (${before.startedAt}, ${before.id})`}
     order by started_at desc, id desc
     limit ${limit}`)
}
