import type { Sql } from '../database/connection.js'
import type { SessionRow } from '../store.js'

/** Columns of a `SessionRow`, in its names. The types of the connection make times Unix ms. */
export function sessionColumns(sql: Sql) {
  return sql`
    id, status, owner_id as "ownerId", device_id as "deviceId", language,
    started_at as "startedAt", ended_at as "endedAt", last_seq as "lastSeq",
    open_channels as "openChannels", connected_at as "connectedAt",
    last_active_at as "lastActiveAt", consent`
}

export async function selectSession(sql: Sql, sessionId: string): Promise<SessionRow | null> {
  const [row] = await sql<SessionRow[]>`
    select ${sessionColumns(sql)} from sessions where id = ${sessionId}`
  return row ?? null
}
