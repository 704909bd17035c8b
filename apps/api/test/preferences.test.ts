import t from 'tap'
import { createRig, dataOf, errorOf } from './rig.js'

const PATH = '/api/user/preferences'
const ALL = {
  ...{ fontScale: 'lg', layoutDensity: 'compact', language: 'ko', notificationsOptIn: true },
}

t.test('preferences', async (t) => {
  const rig = await createRig(t, { env: { BODY_LIMIT_BYTES: '2000' } })
  const put = (headers: Record<string, string>, payload: object | string) =>
    rig.app.inject({ method: 'PUT', url: PATH, headers, payload })
  const read = async (headers: Record<string, string>) =>
    dataOf<object | null>(await rig.get(PATH, headers))

  t.test('are of who is signed in', async (t) => {
    t.equal(errorOf(await rig.get(PATH)).code, 'AUTH_REQUIRED')
    const reply = await put({}, { preferences: ALL })
    t.equal(reply.statusCode, 401)
  })

  t.test('are null until they are set, then what was set, to each user their own', async (t) => {
    const [anna, ben] = [await rig.signUp(), await rig.signUp()]
    t.equal(await read(anna.headers), null)
    const reply = await put(anna.headers, { preferences: ALL })
    t.strictSame(dataOf(reply), ALL)
    t.equal(reply.headers['cache-control'], 'no-store')
    t.strictSame(await read(anna.headers), ALL)
    t.equal(await read(ben.headers), null)
    t.strictSame(dataOf(await put(anna.headers, { preferences: ALL })), ALL, 'as often as you like')
  })

  t.test('are in what a user exports, and gone with the account', async (t) => {
    const { userId, headers, password } = await rig.signUp()
    await put(headers, { preferences: ALL })
    const exported = await rig.get('/api/auth/export', headers)
    t.strictSame(exported.json<{ preferences: object }>().preferences, ALL)
    const deleted = await rig.app.inject({
      ...{ method: 'DELETE', url: '/api/auth/account', headers, payload: { password } },
    })
    t.equal(deleted.statusCode, 200)
    t.equal(await rig.store.preferences.get(userId), null)
    t.equal(errorOf(await put(headers, { preferences: ALL })).code, 'TOKEN_INVALID')
    t.equal(await rig.store.preferences.merge(userId, ALL), null, 'nor by who came at that moment')
  })

  t.test('of an account deleted a moment ago, elsewhere, are as its token: no more', async (t) => {
    const { userId, headers } = await rig.signUp()
    await put(headers, { preferences: ALL })
    await rig.database.query(
      (sql) => sql`
        update users set deleted_at = now(), email = null, password_hash = null where id = ${userId}`,
    )
    t.equal(errorOf(await put(headers, { preferences: ALL })).code, 'TOKEN_INVALID')
  })

  t.test('that are not sent stay as they were', async (t) => {
    const { headers } = await rig.signUp()
    await put(headers, { preferences: { language: 'en', fontScale: 'xl' } })
    await put(headers, { preferences: { fontScale: 'sm' } })
    t.strictSame(await read(headers), { language: 'en', fontScale: 'sm' })
    t.equal((await put(headers, { preferences: {} })).statusCode, 200)
    t.strictSame(await read(headers), { language: 'en', fontScale: 'sm' })
  })

  t.test('of unknown names are taken, and never come back', async (t) => {
    const { headers } = await rig.signUp()
    const theme = { theme: 'dark', density: { a: 1 }, toString: 'x', ...ALL }
    t.strictSame(dataOf(await put(headers, { preferences: theme, more: 1 })), ALL)
    t.strictSame(await read(headers), ALL)
    const { headers: other } = await rig.signUp()
    t.equal((await put(other, { preferences: { theme: 'dark' } })).statusCode, 200)
    t.strictSame(await read(other), {})
  })

  t.test('of a wrong value are refused by name, and change nothing', async (t) => {
    const { headers } = await rig.signUp()
    await put(headers, { preferences: ALL })
    for (const [name, value] of Object.entries({
      ...{ fontScale: 'huge', layoutDensity: 7, language: 'fr', notificationsOptIn: 'maybe' },
    })) {
      const reply = await put(headers, { preferences: { ...ALL, [name]: value } })
      t.equal(reply.statusCode, 400, name)
      t.equal(errorOf(reply).details?.[0]?.field, `body/preferences/${name}`)
    }
    for (const payload of [{}, { preferences: null }, { preferences: [] }, { preferences: 'x' }]) {
      t.equal((await put(headers, payload)).statusCode, 400, JSON.stringify(payload))
    }
    const large = await put(headers, { preferences: { theme: 'x'.repeat(3_000) } })
    t.equal(errorOf(large).code, 'BODY_TOO_LARGE')
    t.strictSame(await read(headers), ALL)
  })
})
