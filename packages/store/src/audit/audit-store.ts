import type { Database } from '../database/database.js'
import { rowsOf } from '../database/rows.js'

/** Who did what: what changed something, or was refused to. Nothing of the content it was done to. */
export interface AuditEntry {
  /** Who a token says it was; `anonymous` where there was none, or a wrong one. */
  readonly actor: 'admin' | 'anonymous' | `user:${string}`
  /** As `process.drain`. */
  readonly action: string
  /** What it was done to: an id, never the capability of a session. */
  readonly subject: string | null
  readonly outcome: 'ok' | 'refused'
  readonly requestId: string | null
}

export interface AuditRecord extends AuditEntry {
  readonly id: number
  /** Unix ms, by the clock of the database. */
  readonly at: number
}

export interface AuditStore {
  record(entry: AuditEntry): Promise<void>
  /** Newest first; `before` is the id of the last of the previous page. */
  list(filter: {
    readonly before?: number
    readonly subject?: string
    readonly limit: number
  }): Promise<AuditRecord[]>
  /** Deletes what is older than `before` (Unix ms). @returns how many. */
  expire(before: number, limit: number): Promise<number>
}

export function createAuditStore(database: Database): AuditStore {
  return {
    record: ({ actor, action, subject, outcome, requestId }) =>
      database.query(async (sql) => {
        await sql`
          insert into audit_log (actor, action, subject, outcome, request_id)
          values (${actor}, ${action}, ${subject}, ${outcome}, ${requestId})`
      }),
    list: ({ before, subject, limit }) =>
      database.query((sql) =>
        rowsOf(sql<AuditRecord[]>`
          select id, at, actor, action, subject, outcome, request_id as "requestId"
            from audit_log
           where true
             ${before === undefined ? sql`` : sql`and id < ${before}`}
             ${subject === undefined ? sql`` : sql`and subject = ${subject}`}
           order by id desc
           limit ${limit}`),
      ),
    expire: (before, limit) =>
      database.query(async (sql) => {
        const { count } = await sql`
          delete from audit_log
           where id in (
             select id from audit_log where at < ${before} order by at limit ${limit}
           )`
        return count
      }),
  }
}
