import t from 'tap'
import { createAccountSweep } from '../src/background/account-sweep.js'
import { createRig, errorOf } from './rig.js'

const MINUTES = 60_000

t.test('what a deleted account left is erased, and then the account', async (t) => {
  const rig = await createRig(t)
  const sweep = (at = Date.now()) => createAccountSweep({ ...rig, now: () => at }).run()
  const users = async () =>
    (await rig.database.query((sql) => sql`select id from users`)).map(({ id }) => id)

  const [leaving, staying] = [await rig.signUp(), await rig.signUp()]
  const kept = await rig.start({}, staying.headers)
  await rig.store.accounts.markDeleted(leaving.userId)
  // As a process does that has not heard of it.
  const start = {
    ownerId: leaving.userId,
    language: 'ko',
    at: Date.now(),
    deviceWindowMs: 0,
  } as const
  const { session } = await rig.store.sessions.start(start)

  await sweep()
  t.equal(await rig.store.sessions.get(session.id), null)
  t.ok(await rig.store.sessions.get(kept))
  t.same((await users()).sort(), [leaving.userId, staying.userId].sort(), 'an id for a while')
  await sweep(Date.now() + 74 * MINUTES)
  t.equal((await users()).length, 2, 'for as long as a token of it may be good somewhere')
  await sweep(Date.now() + 76 * MINUTES)
  t.same(await users(), [staying.userId])
  const records = await rig.store.audit.list({ limit: 20 })
  t.notOk(JSON.stringify(records).includes(leaving.userId), 'nor is it in the audit log')
  t.ok(JSON.stringify(records).includes(staying.userId))
})

t.test('sign-ins and attempts that are over are removed, others are not', async (t) => {
  const rig = await createRig(t)
  const { refreshToken } = await rig.signUp()
  const { headers } = await rig.signUp()
  await rig.database.query(
    (sql) => sql`
      update sign_ins set expires_at = now()
       where id = (select sign_in_id from refresh_tokens order by issued_at limit 1)`,
  )
  await rig.database.query((sql) => sql`update login_attempts set window_ends_at = now()`)
  await createAccountSweep({ ...rig, now: Date.now }).run()
  const count = async (table: string) => {
    const [row] = await rig.database.query(
      (sql) => sql<{ n: number }[]>`select count(*)::int as n from ${sql(table)}`,
    )
    return row?.n
  }
  t.equal(await count('sign_ins'), 1)
  t.equal(await count('refresh_tokens'), 1)
  t.equal(await count('login_attempts'), 0)
  t.equal((await rig.get('/api/auth/me', headers)).statusCode, 200)
  const payload = { refreshToken }
  const reply = await rig.app.inject({ method: 'POST', url: '/api/auth/refresh', payload })
  t.equal(errorOf(reply).code, 'REFRESH_TOKEN_INVALID')
})

t.test('a refresh token older than a sign-in may lie idle is none, and goes', async (t) => {
  const rig = await createRig(t)
  const { refreshToken } = await rig.signUp()
  await rig.database.query(
    (sql) => sql`update refresh_tokens set issued_at = now() - interval '31 days'`,
  )
  const payload = { refreshToken }
  const reply = await rig.app.inject({ method: 'POST', url: '/api/auth/refresh', payload })
  t.equal(errorOf(reply).code, 'REFRESH_TOKEN_INVALID')
  await createAccountSweep({ ...rig, now: Date.now }).run()
  t.same([...(await rig.database.query((sql) => sql`select 1 from refresh_tokens`))], [])
})
