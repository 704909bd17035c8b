import { randomBytes } from 'node:crypto'
import type { Sql } from '../database/connection.js'
import type { Database } from '../database/database.js'
import { idsOf, rowsOf } from '../database/rows.js'
import type { AccountStore, Refreshed, RefreshRules, SignInRow, UserRow } from './accounts.js'
import { userColumns } from './user-row.js'

type SignInStore = Pick<
  AccountStore,
  'signIn' | 'refresh' | 'isSignedIn' | 'endedAmong' | 'signOut' | 'listSignIns' | 'sweep'
>

/** Tokens that follow one, by tabs that shared it: beyond that somebody is playing with it. */
const MOST_SIBLINGS = 50

const SIGN_IN_ID = /^sign_[A-Za-z0-9_-]{22}$/

const createSignInId = (): string => `sign_${randomBytes(16).toString('base64url')}`

/** Sign-ins and their refresh tokens (RFC 9700 §4.14: rotation, with detection of reuse). */
export function createSignInStore(database: Database): SignInStore {
  return {
    signIn: ({ userId, refreshDigest, lifetimeMs, limit, passwordHash }) =>
      database.transaction(async (sql) => {
        // Of a user, one after the other: the limit holds, and a deletion meanwhile is seen, or a
        // change of the password that took no longer than looking at the old one.
        const [user] = await sql`
          select 1 from users
           where id = ${userId} and deleted_at is null and password_hash = ${passwordHash}
             for update`
        if (user === undefined) return null
        await sql`
          update sign_ins set ended_at = now(), ended_by = 'limit'
           where id in (
             select id from sign_ins
              where user_id = ${userId} and ended_at is null and expires_at > now()
              order by used_at desc offset ${limit - 1})`
        const id = createSignInId()
        await sql`
          insert into sign_ins (id, user_id, expires_at)
          values (${id}, ${userId}, now() + ${lifetimeMs}::float8 * interval '1 ms')`
        await addToken(sql, id, refreshDigest)
        return id
      }),
    refresh: (rules) => database.transaction((sql) => refresh(sql, rules)),
    async isSignedIn(signInId) {
      if (!SIGN_IN_ID.test(signInId)) return false
      return database.query(async (sql) => {
        const rows = await sql`
          select 1 from sign_ins
           where id = ${signInId} and ended_at is null and expires_at > now()`
        return rows.length > 0
      })
    },
    endedAmong: (signInIds) =>
      database.query((sql) =>
        idsOf(sql`
          select id from unnest(${signInIds as string[]}::text[]) as id
           where not exists (
             select 1 from sign_ins as s
              where s.id = id.id and s.ended_at is null and s.expires_at > now())`),
      ),
    signOut: ({ signInId = null, refreshDigest = null }) =>
      database.query((sql) =>
        idsOf(sql`
          update sign_ins set ended_at = now(), ended_by = 'logout'
           where ended_at is null
             and (id = ${signInId} or id = (
               select sign_in_id from refresh_tokens
                where token_sha256 = decode(${refreshDigest}, 'hex')))
          returning id`),
      ),
    listSignIns: (userId, limit) =>
      database.query((sql) =>
        rowsOf(sql<SignInRow[]>`
          select id, created_at as "createdAt", used_at as "usedAt", expires_at as "expiresAt",
                 ended_at as "endedAt", ended_by as "endedBy"
            from sign_ins where user_id = ${userId} order by used_at desc limit ${limit}`),
      ),
    sweep: (limit, tokenAgeMs) =>
      database.query(async (sql) => {
        const { count: signIns } = await sql`
          delete from sign_ins
           where id in (
             select id from sign_ins
              where expires_at <= now() order by expires_at limit ${limit} for update skip locked)`
        const { count: tokens } = await sql`
          delete from refresh_tokens
           where token_sha256 in (
             select token_sha256 from refresh_tokens
              where issued_at <= now() - ${tokenAgeMs}::float8 * interval '1 ms'
              order by issued_at limit ${limit} for update skip locked)`
        return Math.max(signIns, tokens)
      }),
  }
}

async function addToken(sql: Sql, signInId: string, digest: string): Promise<void> {
  await sql`
    insert into refresh_tokens (token_sha256, sign_in_id)
    values (decode(${digest}, 'hex'), ${signInId})`
}

/**
 * The sign-in is locked, so of two tabs with one token the second sees what the first did, and is
 * within the grace. A token that comes back later was copied: whoever came first may be the thief, so
 * the sign-in ends for both.
 */
async function refresh(sql: Sql, rules: RefreshRules): Promise<Refreshed> {
  const { shown, next, graceMs, lifetimeMs } = rules
  const [found] = await sql<{ signInId: string; userId: string; endedBy: string | null }[]>`
    select s.id as "signInId", s.user_id as "userId", s.ended_by as "endedBy"
      from refresh_tokens as t join sign_ins as s on s.id = t.sign_in_id
     where t.token_sha256 = decode(${shown}, 'hex') and s.expires_at > now()
       and t.issued_at > now() - ${lifetimeMs}::float8 * interval '1 ms'
       for update of s`
  if (found === undefined || found.endedBy !== null) return { outcome: 'unknown' }
  const { signInId, userId } = found
  const [token] = await sql<{ isLate: boolean; siblings: number }[]>`
    select coalesce(used_at < now() - ${graceMs}::float8 * interval '1 ms', false) as "isLate",
           (select count(*)::integer
              from refresh_tokens as s
             where s.sign_in_id = t.sign_in_id and s.issued_at >= t.used_at) as siblings
      from refresh_tokens as t where token_sha256 = decode(${shown}, 'hex')`
  if (token === undefined || token.siblings >= MOST_SIBLINGS) return { outcome: 'unknown' }
  if (token.isLate) {
    await sql`update sign_ins set ended_at = now(), ended_by = 'reuse' where id = ${signInId}`
    return { outcome: 'reused', userId, signInId }
  }
  await sql`
    update refresh_tokens set used_at = coalesce(used_at, now())
     where token_sha256 = decode(${shown}, 'hex')`
  await addToken(sql, signInId, next)
  await sql`
    update sign_ins
       set used_at = now(), expires_at = now() + ${lifetimeMs}::float8 * interval '1 ms'
     where id = ${signInId}`
  const [user] = await sql<UserRow[]>`
    select ${userColumns(sql)} from users as u where id = ${userId}`
  return user === undefined ? { outcome: 'unknown' } : { outcome: 'refreshed', user, signInId }
}
