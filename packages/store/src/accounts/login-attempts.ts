import type { Sql } from '../database/connection.js'

export async function countAttempt(
  sql: Sql,
  digest: string,
  limit: number,
  windowMs: number,
): Promise<number | null> {
  const [counted] = await sql<{ attempts: number; endsAt: number }[]>`
    insert into login_attempts as a (key_sha256, attempts, window_ends_at)
    values (decode(${digest}, 'hex'), 1, now() + ${windowMs}::float8 * interval '1 ms')
    on conflict (key_sha256) do update
       set attempts = case when a.window_ends_at <= now() then 1 else a.attempts + 1 end,
           window_ends_at =
             case when a.window_ends_at <= now() then excluded.window_ends_at else a.window_ends_at end
    returning attempts, window_ends_at as "endsAt"`
  return counted !== undefined && counted.attempts > limit ? counted.endsAt : null
}

export async function forgiveAttempt(sql: Sql, digests: readonly string[]): Promise<void> {
  await sql`
    update login_attempts set attempts = greatest(0, attempts - 1)
     where key_sha256 in (
       select decode(digest, 'hex') from unnest(${digests as string[]}::text[]) as digest)`
}

export async function sweepAttempts(sql: Sql, limit: number): Promise<number> {
  const { count } = await sql`
    delete from login_attempts
     where ctid in (
       select ctid from login_attempts
        where window_ends_at <= now() order by window_ends_at limit ${limit} for update skip locked)`
  return count
}
