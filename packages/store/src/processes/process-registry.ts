import type { JSONValue } from 'postgres'
import type { Database } from '../database/database.js'
import { rowsOf } from '../database/rows.js'
import type { OpenChannel, ProcessRegistry, RunningProcess } from '../store.js'

/** Far more than ever run at once; a process that crashes at every start leaves thousands of rows a day. */
const LIST_LIMIT = 500

/** All times are the server's: processes with different clocks must agree on who is alive. */
export function createProcessRegistry(database: Database): ProcessRegistry {
  return {
    heartbeat: ({ id, kind, info }) =>
      database.query(async (sql) => {
        // Processes that died without leaving are kept for a day, for an operator to see.
        const [row] = await sql<{ drainRequested: boolean }[]>`
          with forgotten as (
            delete from processes where heartbeat_at < now() - interval '1 day' and id <> ${id}
          )
          insert into processes (id, kind, info)
          values (${id}, ${kind}, ${sql.json(info as JSONValue)})
          on conflict (id) do update set heartbeat_at = now(), info = excluded.info
          returning drain_requested_at is not null as "drainRequested"`
        return { drainRequested: row?.drainRequested ?? false }
      }),
    requestDrain: (processId, staleMs) =>
      database.query(async (sql) => {
        const [row] = await sql<{ at: number }[]>`
          update processes
             set drain_requested_at = coalesce(drain_requested_at, now())
           where id = ${processId}
             and heartbeat_at >=
                 (select max(heartbeat_at) from processes) - ${staleMs}::float8 * interval '1 ms'
          returning drain_requested_at as at`
        return row?.at ?? null
      }),
    leave: (processId) =>
      database.query(async (sql) => {
        await sql`delete from processes where id = ${processId}`
      }),
    listOrphanChannels: (staleMs, limit) =>
      database.query((sql) =>
        rowsOf(sql<OpenChannel[]>`
          select c.session_id as "sessionId", c.channel, c.connection_id as "connectionId",
                 c.process_id as "processId", c.opened_at as "openedAt"
            from session_channels as c
           where not exists (
             select 1
               from processes as p
              where p.id = c.process_id
                and p.heartbeat_at >= now() - ${staleMs}::float8 * interval '1 ms'
           )
           order by c.opened_at, c.connection_id, c.channel
           limit ${limit}`),
      ),
    list: (limit = LIST_LIMIT) =>
      database.query((sql) =>
        rowsOf(sql<RunningProcess[]>`
          select id, kind, started_at as "startedAt", heartbeat_at as "heartbeatAt",
                 greatest(0, extract(epoch from now() - heartbeat_at) * 1000)::float8
                   as "heartbeatAgeMs",
                 drain_requested_at as "drainRequestedAt", info
            from processes
           order by heartbeat_at desc, id
           limit ${limit}`),
      ),
  }
}
