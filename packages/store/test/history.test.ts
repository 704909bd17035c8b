import { createEvent, FIGURES_VERSION, foldFigures, type SessionFigures } from '@bemore/core'
import t from 'tap'
import { createSessionId, type Store } from '../src/index.js'
import { numbered, openStore } from './test-store.js'

const AT = Date.now()
const ANNA = 'user_anna'

const start = async (store: Store, ownerId = ANNA, at = AT) =>
  (await store.sessions.start({ ownerId, at, language: 'ko', deviceWindowMs: 0 })).session

const figuresOf = async (store: Store, sessionId: string): Promise<SessionFigures> =>
  foldFigures(await store.log.read(sessionId, 0))!

const say = (store: Store, sessionId: string, decision: 'granted' | 'withdrawn') =>
  store.log.transact(sessionId, 'test', () => [
    createEvent('consent.recorded', AT, {
      ...{ modality: 'face', decision, noticeVersion: '1', source: 'client' },
    }),
  ])

t.test('figures of sessions', async (t) => {
  const { store, direct } = await openStore(t)
  const kept = async (sessionId: string) =>
    (await direct`select * from session_figures where session_id = ${sessionId}`).length

  t.test('are kept as they were folded, for the log as it was then', async (t) => {
    const { id } = await start(store)
    const figures = await figuresOf(store, id)
    t.equal(await store.history.keep(id, 1, figures), true)
    const [session] = await store.history.list({ ownerId: ANNA, limit: 1 })
    t.match(session, { id, status: 'active', startedAt: AT, endedAt: null, lastSeq: 1 })
    t.same(session?.figures, figures)
    t.match(await store.history.outline(ANNA, 1), [{ id, emotion: 'unknown' }])
    await store.log.append([numbered(id, 'p', 1)])
    t.match(await store.history.list({ ownerId: ANNA, limit: 1 }), [{ lastSeq: 2, figures: null }])
    t.match(await store.history.outline(ANNA, 1), [{ id, emotion: null }])
    t.equal(await store.history.keep(id, 1, figures), false, 'the log has grown')
    t.equal(await store.history.keep(id, 2, figures), true)
    t.equal(await store.history.keep(createSessionId(), 1, figures), false, 'no such session')
  })

  t.test('are of no use to code that folds them otherwise', async (t) => {
    const { id } = await start(store, 'user_b')
    await store.history.keep(id, 1, await figuresOf(store, id))
    await direct`update session_figures set version = ${FIGURES_VERSION + 1} where session_id = ${id}`
    t.match(await store.history.list({ ownerId: 'user_b', limit: 1 }), [{ figures: null }])
    t.equal(await store.history.keep(id, 1, await figuresOf(store, id)), true, 'after a rollback')
    t.match(await store.history.list({ ownerId: 'user_b', limit: 1 }), [{ figures: Object }])
    await direct`update session_figures set version = ${FIGURES_VERSION - 1} where session_id = ${id}`
    t.equal(await store.history.keep(id, 1, await figuresOf(store, id)), true)
  })

  t.test('go with the session, a withdrawal and an expiry, at that moment', async (t) => {
    const keep = async (ownerId: string) => {
      const { id } = await start(store, ownerId)
      await store.history.keep(id, 1, await figuresOf(store, id))
      t.equal(await kept(id), 1)
      return id
    }
    const erased = await keep('user_c')
    await store.erasure.session(erased)
    t.equal(await kept(erased), 0)

    const withdrawn = await keep('user_c')
    await say(store, withdrawn, 'withdrawn')
    t.equal(await kept(withdrawn), 0)

    const expired = await keep('user_c')
    await store.log.transact(expired, 'test', () => [
      createEvent('session.ended', AT, { reason: 'client' }),
    ])
    await store.history.keep(expired, 2, await figuresOf(store, expired))
    await store.erasure.expireData(AT + 1, AT + 1, 'retention')
    t.equal(await kept(expired), 0)
  })

  t.test('folded before a withdrawal are not kept after it, nor during it', async (t) => {
    const { id } = await start(store, 'user_d')
    const figures = await figuresOf(store, id)
    let keeping: Promise<boolean> | undefined
    await direct.begin(async (sql) => {
      await sql`select 1 from sessions where id = ${id} for no key update`
      keeping = store.history.keep(id, 1, figures)
      const isWaiting = async () => {
        const [row] = await direct<{ waiting: boolean }[]>`
          select exists (select 1 from pg_locks where not granted) as waiting`
        return row?.waiting === true
      }
      while (!(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 5))
      await sql`select append_session_events(${sql.json([
        {
          ...{ s: id, p: 'test', n: 1, t: 'consent.recorded', a: AT },
          d: { modality: 'face', decision: 'withdrawn', noticeVersion: '1', source: 'client' },
        },
      ])})`
    })
    t.equal(await keeping, false)
    t.equal(await kept(id), 0)
  })
})

t.test('a history is its owner’s, newest first, in pages', async (t) => {
  const { store } = await openStore(t)
  const mine: string[] = []
  for (let n = 0; n < 5; n += 1) mine.unshift((await start(store, ANNA, AT + n)).id)
  await start(store, 'user_other')
  const idsOf = (sessions: readonly { id: string }[]) => sessions.map(({ id }) => id)
  t.same(idsOf(await store.history.list({ ownerId: ANNA, limit: 10 })), mine)
  t.same(idsOf(await store.history.outline(ANNA, 3)), mine.slice(0, 3))
  const before = { startedAt: AT + 3, id: mine[1] as string }
  t.same(idsOf(await store.history.list({ ownerId: ANNA, before, limit: 2 })), mine.slice(2, 4))
  t.same(await store.history.list({ ownerId: ANNA, status: 'ended', limit: 10 }), [])
})

t.test('preferences are merged, are of one user, and go with the account', async (t) => {
  const { store, direct } = await openStore(t)
  const [anna, ben] = ['user_aaaaaaaaaaaaaaaaaaaaaa', 'user_bbbbbbbbbbbbbbbbbbbbbb'] as const
  for (const id of [anna, ben]) {
    await direct`
      insert into users (id, email, username, password_hash) values (${id}, ${id}, 'A', 'x')`
  }
  t.equal(await store.preferences.get(anna), null)
  t.same(await store.preferences.merge(anna, { language: 'ko', fontScale: 'sm' }), {
    ...{ language: 'ko', fontScale: 'sm' },
  })
  await store.preferences.merge(anna, { fontScale: 'lg' })
  t.same(await store.preferences.get(anna), { language: 'ko', fontScale: 'lg' })
  t.equal(await store.preferences.get(ben), null)
  t.equal(await store.preferences.merge('user_cccccccccccccccccccccc', {}), null, 'nobody')
  await direct`
    update users set deleted_at = now(), email = null, password_hash = null where id = ${anna}`
  t.equal(await store.preferences.get(anna), null)
  t.equal(await store.preferences.merge(anna, { language: 'en' }), null, 'not any more')
})
