import { createAccessTokens } from '@bemore/accounts'
import t from 'tap'
import { openHouse } from './fixtures/realtime-process.js'
import { connectClient, refusedUpgrade } from './fixtures/test-client.js'
import { until } from './fixtures/until.js'

const authSecret = 'a secret for tests, and for nothing else'

for (const transport of ['uws', 'ws'] as const) {
  t.test(`with WS_AUTH=required, over ${transport}`, async (t) => {
    const house = await openHouse(t, { transport, authSecret, wsAuth: 'required' })
    const process = await house.startProcess()
    const tokens = createAccessTokens({
      ...{ secret: Buffer.from(authSecret), lifetimeMs: 60_000, now: house.clock.wallMs },
    })
    const signUp = async (email: string) => {
      const account = { email, username: 'Jimin', passwordHash: 'none' }
      const user = await house.store.accounts.create(account)
      const signInId = await house.store.accounts.signIn({
        ...{ userId: user?.id ?? '', lifetimeMs: 60_000, limit: 5, passwordHash: 'none' },
        refreshDigest: Buffer.from(email).toString('hex').padEnd(64, '0').slice(0, 64),
      })
      return { userId: user?.id ?? '', signInId: signInId ?? '' }
    }
    const owner = await signUp('owner@example.com')
    const stranger = await signUp('stranger@example.com')
    const startOwned = async () => {
      const start = { language: 'ko', at: house.clock.wallMs(), deviceWindowMs: 0 } as const
      return (await house.store.sessions.start({ ...start, ownerId: owner.userId })).session.id
    }
    const offer = async ({ userId, signInId }: typeof owner) =>
      `bemore.token.${await tokens.issue(userId, signInId)}`
    const refused = (url: string, protocol = '') =>
      refusedUpgrade(url, protocol === '' ? {} : { 'sec-websocket-protocol': protocol })

    t.test('the sockets of somebody’s session need that person’s token', async (t) => {
      const url = process.urlOf(await startOwned())
      t.match(await refused(url), { status: 401, code: 'AUTH_REQUIRED' })
      t.match(await refused(url, 'bemore.token.garbage'), { status: 401, code: 'TOKEN_INVALID' })
      const theirs = await offer(stranger)
      t.match(await refused(url, theirs), { status: 403, code: 'SESSION_NOT_YOURS' })
      const client = await connectClient(t, url, ['bemore.v1', await offer(owner)])
      t.equal(client.socket.protocol, 'bemore.v1', 'and the token does not come back')
      t.match(await client.next('connected'), { status: 'active' })
      // The session is in memory now, and is nobody else's still.
      t.match(await refused(url), { status: 401, code: 'AUTH_REQUIRED' })
    })

    t.test('an expired token and an ended sign-in open none', async (t) => {
      const url = process.urlOf(await startOwned())
      const token = await offer(owner)
      house.clock.advance(61_000)
      t.match(await refused(url, token), { status: 401, code: 'TOKEN_EXPIRED' })
      const fresh = await offer(owner)
      await house.store.accounts.signOut({ signInId: owner.signInId })
      t.match(await refused(url, fresh), { status: 401, code: 'TOKEN_INVALID' })
    })

    t.test('a session of nobody is held by its id, as ever', async (t) => {
      const { id } = await house.startSession()
      const client = await connectClient(t, process.urlOf(id))
      t.match(await client.next('connected'), { status: 'active' })
    })
  })
}

t.test(
  'without WS_AUTH the id opens the sockets, but not beside somebody else’s token',
  async (t) => {
    const house = await openHouse(t, { transport: 'uws', authSecret, tokenCheckMs: 50 })
    const process = await house.startProcess()
    process.realtime.start()
    const tokens = createAccessTokens({
      ...{ secret: Buffer.from(authSecret), lifetimeMs: 600_000, now: house.clock.wallMs },
    })
    const signUp = async (email: string) => {
      const account = { email, username: 'Jimin', passwordHash: 'none' }
      const userId = (await house.store.accounts.create(account))?.id ?? ''
      const signInId = await house.store.accounts.signIn({
        ...{ userId, lifetimeMs: 600_000, limit: 5, passwordHash: 'none' },
        refreshDigest: Buffer.from(email).toString('hex').padEnd(64, '0').slice(0, 64),
      })
      const token = `bemore.token.${await tokens.issue(userId, signInId ?? '')}`
      return { userId, signInId: signInId ?? '', offered: ['bemore.v1', token] }
    }
    const owner = await signUp('owner@example.com')
    const stranger = await signUp('stranger@example.com')
    const start = { language: 'ko', at: house.clock.wallMs(), deviceWindowMs: 0 } as const
    const { id } = (await house.store.sessions.start({ ...start, ownerId: owner.userId })).session
    const url = process.urlOf(id)
    const refused = (protocol: string) =>
      refusedUpgrade(url, { 'sec-websocket-protocol': `bemore.v1, ${protocol}` })
    t.match(await refused('bemore.token.garbage'), { status: 401, code: 'TOKEN_INVALID' })
    t.match(await refused(stranger.offered[1] ?? ''), { status: 403, code: 'SESSION_NOT_YOURS' })
    const plain = await connectClient(t, process.urlOf(id, 'session'))
    await plain.next('connected')
    const held = await connectClient(t, url, owner.offered)
    await held.next('connected')

    await house.store.accounts.signOut({ signInId: owner.signInId })
    t.equal(await held.closed(), 4401, 'who signs out takes along the sockets of that sign-in')
    t.match(held.received.at(-1), { type: 'error', data: { code: 'TOKEN_INVALID' } })
    t.equal(await plain.count('pong'), 1, 'and no others')
  },
)

t.test('a session is not let go of while the database is asked for its owner', async (t) => {
  const house = await openHouse(t, { transport: 'uws', authSecret, wsAuth: 'required' })
  let answer = (_isSignedIn: boolean) => {}
  const process = await house.startProcess({}, (store) => ({
    ...store,
    accounts: {
      ...store.accounts,
      isSignedIn: () =>
        new Promise<boolean>((resolve) => {
          answer = resolve
        }),
    },
  }))
  const account = { email: 'slow@example.com', username: 'Jimin', passwordHash: 'none' }
  const ownerId = (await house.store.accounts.create(account))?.id ?? ''
  const start = { language: 'ko', at: house.clock.wallMs(), deviceWindowMs: 0, ownerId } as const
  const { id } = (await house.store.sessions.start(start)).session
  const tokens = createAccessTokens({
    ...{ secret: Buffer.from(authSecret), lifetimeMs: 600_000, now: house.clock.wallMs },
  })
  const offer = `bemore.token.${await tokens.issue(ownerId, 'sign_1')}`
  const asked = answer
  const opening = connectClient(t, process.urlOf(id), ['bemore.v1', offer])
  await until('the question', () => answer !== asked)
  house.clock.advance(60_000)
  process.realtime.sweep()
  t.equal(process.realtime.counts().sessions, 1)
  answer(true)
  const client = await opening
  await client.next('connected')
  await house.store.log.transact(id, 'test', () => [
    { type: 'session.ended', at: house.clock.wallMs(), data: { reason: 'client' } },
  ])
  t.ok(await client.next('session_ended'), 'and its socket hears of its end')
})
