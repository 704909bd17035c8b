import type { Channel, SessionStatus } from '@bemore/protocol'
import type { Sql } from '../database/connection.js'

/** A session as an operator sees it: whose, since when, where its channels are. No content. */
export interface SessionOverview {
  readonly id: string
  readonly ownerId: string | null
  readonly status: SessionStatus
  readonly language: 'en' | 'ko'
  /** Unix ms, as all times here. */
  readonly startedAt: number
  readonly endedAt: number | null
  readonly lastActiveAt: number
  readonly channels: readonly {
    readonly channel: Channel
    readonly processId: string
    readonly openedAt: number
  }[]
}

export interface OverviewFilter {
  /** Those that have not ended; else all. */
  readonly live: boolean
  /** The last row of the previous page; a beginning of its id will do, and is no capability. */
  readonly before?: { readonly startedAt: number; readonly id: string }
  readonly limit: number
}

/** Newest first, by an index either way. */
export function selectSessionOverview(sql: Sql, { live, before, limit }: OverviewFilter) {
  return sql<SessionOverview[]>`
    select s.id, s.owner_id as "ownerId", s.status, s.language, s.started_at as "startedAt",
           s.ended_at as "endedAt", s.last_active_at as "lastActiveAt",
           coalesce(
             (select jsonb_agg(
                       jsonb_build_object(
                         'channel', c.channel,
                         'processId', c.process_id,
                         'openedAt', floor(extract(epoch from c.opened_at) * 1000)::bigint
                       )
                       order by c.opened_at, c.channel
                     )
                from session_channels as c
               where c.session_id = s.id),
             '[]'
           ) as channels
      from sessions as s
     where true
       ${live ? sql`and s.status <> 'ended'` : sql``}
       ${before === undefined ? sql`` : sql`and (s.started_at, s.id) < (${before.startedAt}, ${before.id})`}
     order by s.started_at desc, s.id desc
     limit ${limit}`
}
