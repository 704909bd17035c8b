import t from 'tap'
import { createRig } from './rig.js'

t.test('many refused sign-ins hide no refused call of the operator’s', async (t) => {
  const rig = await createRig(t, {
    env: { LOGIN_ATTEMPTS: '1000', LOGIN_ATTEMPTS_ANYWHERE: '1000' },
  })
  const attempt = { email: 'nobody@example.com', password: 'wrong wrong wrong' }
  for (let i = 0; i < 65; i++) {
    await rig.app.inject({ method: 'POST', url: '/api/auth/login', payload: attempt })
  }
  await rig.get('/api/admin/sessions')
  const actions = await rig.database.query((sql) => sql`select action from audit_log`)
  t.ok(actions.some(({ action }) => action === 'admin.call'))
  t.ok(actions.length <= 65, `${actions.length} written`)
})

t.test('who was let in by a password that was changed meanwhile is not signed in', async (t) => {
  const { store } = await createRig(t)
  const account = { email: 'a@example.com', username: 'Jimin', passwordHash: 'old' }
  const userId = (await store.accounts.create(account))?.id ?? ''
  const signIn = (passwordHash: string, digit: string) =>
    store.accounts.signIn({
      ...{ userId, passwordHash, lifetimeMs: 60_000, limit: 5 },
      refreshDigest: digit.repeat(64),
    })
  const kept = await signIn('old', 'a')
  await store.accounts.changePassword(userId, 'new', kept ?? '')
  t.equal(await signIn('old', 'b'), null)
  t.ok(await signIn('new', 'c'))
  t.notOk(await store.accounts.isSignedIn('sign_a\u0000b'))
})
