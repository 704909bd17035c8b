import t from 'tap'
import { createRig, until } from './rig.js'

t.test('many refused sign-ins hide no refused call of the operator’s', async (t) => {
  const rig = await createRig(t, {
    env: { LOGIN_ATTEMPTS: '1000', LOGIN_ATTEMPTS_ANYWHERE: '1000' },
  })
  const attempt = { email: 'nobody@example.com', password: 'wrong wrong wrong' }
  for (let i = 0; i < 65; i++) {
    await rig.app.inject({ method: 'POST', url: '/api/auth/login', payload: attempt })
  }
  await rig.get('/api/admin/sessions')
  const actions = async () =>
    (await rig.store.audit.list({ limit: 200 })).map(({ action }) => action)
  // It is written behind the reply.
  await until('it is written', async () => (await actions()).includes('admin.call'))
  t.ok((await actions()).length <= 65)
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
  t.same(await store.accounts.changePassword(userId, { from: 'old', to: 'new' }, kept ?? ''), [])
  t.equal(await signIn('old', 'b'), null)
  t.ok(await signIn('new', 'c'))
  const late = { from: 'old', to: 'newer' }
  t.equal(await store.accounts.changePassword(userId, late, 'x'), null, 'nor does it change it')
  t.notOk(await store.accounts.isSignedIn('sign_a\u0000b'))
})
