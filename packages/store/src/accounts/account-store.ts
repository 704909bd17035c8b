import { randomBytes } from 'node:crypto'
import type { Sql } from '../database/connection.js'
import type { Database } from '../database/database.js'
import { idsOf } from '../database/rows.js'
import type { AccountStore, UserRow } from './accounts.js'
import { countAttempt, forgiveAttempt, sweepAttempts } from './login-attempts.js'
import { createSignInStore } from './sign-in-store.js'
import { userColumns } from './user-row.js'

const USER_ID = /^user_[A-Za-z0-9_-]{22}$/

const createUserId = (): string => `user_${randomBytes(16).toString('base64url')}`

export function createAccountStore(database: Database): AccountStore {
  const signIns = createSignInStore(database)

  const selectUser = async (sql: Sql, userId: string): Promise<UserRow | null> => {
    const [user] = await sql<UserRow[]>`
      select ${userColumns(sql)} from users as u where id = ${userId} and deleted_at is null`
    return user ?? null
  }

  return {
    ...signIns,
    create: ({ email, username, passwordHash }) =>
      database.query(async (sql) => {
        const [user] = await sql<UserRow[]>`
          insert into users as u (id, email, username, password_hash)
          values (${createUserId()}, ${email}, ${username}, ${passwordHash})
          on conflict (email) do nothing
          returning ${userColumns(sql)}`
        return user ?? null
      }),
    findByEmail: (email) =>
      database.query(async (sql) => {
        const [found] = await sql<(UserRow & { readonly passwordHash: string })[]>`
          select ${userColumns(sql)}, u.password_hash as "passwordHash"
            from users as u where email = ${email}`
        if (found === undefined) return null
        const { passwordHash, ...user } = found
        return { user, passwordHash }
      }),
    async get(userId) {
      if (!USER_ID.test(userId)) return null
      return database.query((sql) => selectUser(sql, userId))
    },
    passwordHash: (userId) =>
      database.query(async (sql) => {
        const [row] = await sql<{ hash: string | null }[]>`
          select password_hash as hash from users where id = ${userId}`
        return row?.hash ?? null
      }),
    update: (userId, { username, profileImage }) =>
      database.query(async (sql) => {
        const [user] = await sql<UserRow[]>`
          update users as u
             set username = ${username ?? sql`username`},
                 profile_image = ${profileImage === undefined ? sql`profile_image` : profileImage}
           where id = ${userId} and deleted_at is null
          returning ${userColumns(sql)}`
        return user ?? null
      }),
    changePassword: (userId, { from, to }, keepSignInId) =>
      database.transaction(async (sql) => {
        const { count } = await sql`
          update users set password_hash = ${to}
           where id = ${userId} and password_hash = ${from}`
        if (count === 0) return null
        return idsOf(sql`
          update sign_ins set ended_at = now(), ended_by = 'password'
           where user_id = ${userId} and id <> ${keepSignInId} and ended_at is null
          returning id`)
      }),
    markDeleted: (userId) =>
      database.transaction(async (sql) => {
        await sql`
          update users
             set deleted_at = now(), email = null, password_hash = null, username = '',
                 profile_image = null
           where id = ${userId} and deleted_at is null`
        return idsOf(sql`
          update sign_ins set ended_at = now(), ended_by = 'deletion'
           where user_id = ${userId} and ended_at is null
          returning id`)
      }),
    listDeleted: (limit) =>
      database.query((sql) =>
        idsOf(sql`
          select id from users as u
           where deleted_at is not null
             and exists (select 1 from sessions as s where s.owner_id = u.id)
           order by deleted_at limit ${limit}`),
      ),
    forgetDeleted: (before) =>
      database.query(async (sql) => {
        const [row] = await sql<{ forgotten: number }[]>`
          with gone as (
            delete from users as u
             where u.deleted_at < ${before}
               and not exists (select 1 from sessions as s where s.owner_id = u.id)
            returning id
          ), told as (
            -- What was done stays in the log; by whom it was is forgotten with the person.
            update audit_log as a set actor = 'user:forgotten', subject = null
              from gone where a.subject = gone.id
          )
          select count(*)::integer as forgotten from gone`
        return row?.forgotten ?? 0
      }),
    countAttempt: (digest, limit, windowMs) =>
      database.query((sql) => countAttempt(sql, digest, limit, windowMs)),
    forgiveAttempt: (digests) => database.query((sql) => forgiveAttempt(sql, digests)),
    async sweep(limit, tokenAgeMs) {
      const attempts = await database.query((sql) => sweepAttempts(sql, limit))
      return Math.max(attempts, await signIns.sweep(limit, tokenAgeMs))
    },
  }
}
