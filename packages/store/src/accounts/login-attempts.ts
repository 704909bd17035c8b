import type { Sql } from '../database/connection.js'

/** Keys are counted one after the other in the order of their digests, so that two callers cannot deadlock. */
export async function countAttempt(
  sql: Sql,
  keys: readonly { readonly digest: string; readonly limit: number }[],
  windowMs: number,
): Promise<number | null> {
  const sorted = [...keys].sort((a, b) => (a.digest < b.digest ? -1 : 1))
  const digests = sorted.map(({ digest }) => digest)
  const counted = await sql<{ digest: string; attempts: number; endsAt: number }[]>`
    insert into login_attempts as a (key_sha256, attempts, window_ends_at)
    select decode(digest, 'hex'), 1, now() + ${windowMs}::float8 * interval '1 ms'
      from unnest(${digests}::text[]) as digest
    on conflict (key_sha256) do update
       set attempts = case when a.window_ends_at <= now() then 1 else a.attempts + 1 end,
           window_ends_at =
             case when a.window_ends_at <= now() then excluded.window_ends_at else a.window_ends_at end
    returning encode(key_sha256, 'hex') as digest, attempts, window_ends_at as "endsAt"`
  const limits = new Map(sorted.map(({ digest, limit }) => [digest, limit]))
  const beyond = counted.find(({ digest, attempts }) => attempts > (limits.get(digest) ?? 0))
  return beyond?.endsAt ?? null
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
