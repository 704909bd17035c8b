import type { ProcessIdentity } from '@bemore/ops'
import type { Sql } from '../database/connection.js'
import type { Database } from '../database/database.js'
import { rowsOf } from '../database/rows.js'

/** `recovery`: it passed; `process`: its process went first, in order or not. */
export type IncidentEnd = 'recovery' | 'process'

/** A cause of a process' health, from its begin to its end, as that process tells it. */
export interface IncidentReport {
  readonly code: string
  readonly detail: string
  /** Unix ms. */
  readonly beganAt: number
  /** null as long as it lasts. */
  readonly end: { readonly at: number; readonly by: IncidentEnd } | null
}

export interface Incident {
  readonly id: number
  readonly processId: string
  readonly kind: 'api' | 'realtime'
  readonly version: string
  readonly code: string
  readonly detail: string
  /** Unix ms, by the clock of its process. */
  readonly beganAt: number
  /** Of an incident whose process died: its last heartbeat, or null where that is forgotten. */
  readonly endedAt: number | null
  /** null: it lasts. */
  readonly endedBy: IncidentEnd | null
}

export interface IncidentStore {
  /** Writes what a process tells of its incidents. Idempotent by process, code and begin. */
  record(process: ProcessIdentity, incidents: readonly IncidentReport[]): Promise<void>
  /**
   * Newest first. What a dead process (no heartbeat within `staleMs` of the freshest) left open has
   * ended with it.
   */
  list(filter: {
    readonly open?: boolean
    readonly staleMs: number
    readonly before?: { readonly beganAt: number; readonly id: number }
    readonly limit: number
  }): Promise<Incident[]>
  /**
   * Ends, for good, what processes left open that have been dead for an hour, before they are
   * forgotten. One that was only cut off tells the true end itself, later. @returns how many.
   */
  closeLeftOpen(limit: number): Promise<number>
  /** Deletes what ended before `before` (Unix ms). @returns how many. */
  expire(before: number, limit: number): Promise<number>
}

export function createIncidentStore(database: Database): IncidentStore {
  return {
    async record({ id, kind, version }, incidents) {
      if (incidents.length === 0) return
      const rows = incidents.map(({ code, detail, beganAt, end }) => ({
        ...{ code, detail, began: beganAt, ended: end?.at ?? null, by: end?.by ?? null },
      }))
      await database.query(
        (sql) => sql`
          insert into incidents
            (process_id, kind, version, code, detail, began_at, ended_at, ended_by)
          select ${id}, ${kind}, ${version}, r.code, r.detail, to_timestamp(r.began / 1000.0),
                 to_timestamp(r.ended / 1000.0), r.by
            from jsonb_to_recordset(${sql.json(rows)})
              as r (code text, detail text, began float8, ended float8, by text)
          on conflict (process_id, code, began_at) do update
             set ended_at = excluded.ended_at, ended_by = excluded.ended_by`,
      )
    },
    list: (filter) => database.query((sql) => rowsOf(selectIncidents(sql, filter))),
    closeLeftOpen: (limit) =>
      database.query(async (sql) => {
        const { count } = await sql`
          update incidents as i
             set ended_by = 'process',
                 ended_at = coalesce(
                   (select greatest(i.began_at, p.heartbeat_at)
                      from processes as p where p.id = i.process_id),
                   greatest(i.began_at, now())
                 )
           where i.id in (
             select o.id
               from incidents as o
              where o.ended_at is null
                and not exists (
                  select 1 from processes as p
                   where p.id = o.process_id and p.heartbeat_at > now() - interval '1 hour'
                )
              order by o.began_at
              limit ${limit}
                for update skip locked
           )`
        return count
      }),
    expire: (before, limit) =>
      database.query(async (sql) => {
        const { count } = await sql`
          delete from incidents
           where id in (
             select id from incidents
              where began_at < ${before} and ended_at < ${before}
              order by began_at, id
              limit ${limit}
           )`
        return count
      }),
  }
}

function selectIncidents(sql: Sql, filter: Parameters<IncidentStore['list']>[0]) {
  const { open, staleMs, before, limit } = filter
  const isLive = sql`
    coalesce(p.heartbeat_at >= f.at - ${staleMs}::float8 * interval '1 ms', false)`
  const isOpen = sql`(i.ended_at is null and ${isLive})`
  return sql<Incident[]>`
    select i.id, i.process_id as "processId", i.kind, i.version, i.code, i.detail,
           i.began_at as "beganAt",
           case when ${isOpen} then null
                when i.ended_at is null and p.id is null then null
                else coalesce(i.ended_at, greatest(i.began_at, p.heartbeat_at))
           end as "endedAt",
           case when ${isOpen} then null else coalesce(i.ended_by, 'process') end as "endedBy"
      from incidents as i
      left join processes as p on p.id = i.process_id
     cross join (select max(heartbeat_at) as at from processes) as f
     where true
       ${open === undefined ? sql`` : sql`and ${isOpen} = ${open}`}
       ${open === true ? sql`and i.ended_at is null` : sql``}
       ${before === undefined ? sql`` : sql`and (i.began_at, i.id) < (${before.beganAt}, ${before.id})`}
     order by i.began_at desc, i.id desc
     limit ${limit}`
}
