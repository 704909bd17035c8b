import postgres from 'postgres'

/** So many ended sessions, one every `everyHours` back from now. */
export interface Past {
  readonly ownerIds: readonly string[]
  readonly sessionsEach: number
  readonly everyHours: number
  /** A session of which figures are kept: theirs are the same. */
  readonly like: string
}

/**
 * Sessions with kept figures and without their logs, which is all that dashboards, statistics and lists
 * read: a hundred thousand that were lived through would take hours.
 */
export async function addPast(databaseUrl: string, past: Past): Promise<void> {
  const { ownerIds, sessionsEach, everyHours, like } = past
  const sql = postgres(databaseUrl, { max: 1 })
  try {
    await sql`
      with fresh as (
        insert into sessions
          (id, status, owner_id, language, started_at, ended_at, last_active_at, last_seq)
        select 'sess_' || left(replace(gen_random_uuid()::text, '-', ''), 22), 'ended', owner, 'ko',
               began, began + interval '30 minutes', began + interval '30 minutes', 1
          from unnest(${ownerIds as string[]}::text[]) as owner,
               generate_series(1, ${sessionsEach}::int) as n,
               lateral (select now() - n * ${everyHours}::int * interval '1 hour' as began)
        returning id
      )
      insert into session_figures (session_id, last_seq, version, figures)
      select fresh.id, 1, model.version, model.figures
        from fresh, (select version, figures from session_figures where session_id = ${like}) as model`
    await sql`vacuum (analyze) sessions, session_figures`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Ids of nobody: their sessions fill the table. */
export const strangers = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `user_${String(n).padStart(22, '0')}`)
