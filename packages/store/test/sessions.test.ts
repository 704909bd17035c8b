import { createEvent } from '@bemore/core'
import { isSessionId } from '@bemore/protocol'
import t from 'tap'
import {
  createSessionId,
  IdempotencyConflict,
  type SessionRow,
  type StartSession,
} from '../src/index.js'
import { numbered, numbersFrom, openStore, startSession } from './test-store.js'
import { until } from './until.js'

const START: StartSession = { language: 'ko', at: Date.now(), deviceWindowMs: 30_000 }

const opened = (id: string) => ({
  sessionId: id,
  producer: 'p1',
  producerSeq: 1,
  event: createEvent('channel.opened', Date.now(), {
    channel: 'session',
    connectionId: 'c1',
    processId: 'p1',
  }),
})

t.test('session ids are of the form the wire takes, and all different', async (t) => {
  const ids = numbersFrom(1, 1_000).map(createSessionId)
  t.ok(ids.every(isSessionId))
  t.equal(new Set(ids).size, 1_000)
})

t.test('a start makes a row and the first event of its log', async (t) => {
  const { store } = await openStore(t)
  const start = { ...START, ownerId: 'u1', deviceId: 'd1', counselorId: 'c1' }
  const { session, created } = await store.sessions.start(start)
  t.ok(created)
  t.match(session, {
    status: 'active',
    ownerId: 'u1',
    deviceId: 'd1',
    language: 'ko',
    startedAt: START.at,
    endedAt: null,
    lastSeq: 1,
    openChannels: 0,
    connectedAt: null,
  })
  t.same(await store.sessions.get(session.id), session)
  t.match(await store.log.read(session.id, 0), [
    {
      sessionId: session.id,
      seq: 1,
      type: 'session.started',
      at: START.at,
      data: { ownerId: 'u1', deviceId: 'd1', counselorId: 'c1', language: 'ko' },
    },
  ])
  t.equal(await store.sessions.get(createSessionId()), null)
  t.equal(await store.sessions.get("sess_'; drop table sessions"), null)
})

t.test('twenty equal starts at once make one session', async (t) => {
  const { store } = await openStore(t, { poolSize: 10 })
  const byKey = { ...START, idempotency: { scope: 'a', key: 'k', fingerprint: 'f' } }
  const byDevice = { ...START, deviceId: 'd1' }
  for (const start of [byKey, byDevice]) {
    const results = await Promise.all(numbersFrom(1, 20).map(() => store.sessions.start(start)))
    t.equal(new Set(results.map(({ session }) => session.id)).size, 1)
    t.equal(results.filter(({ created }) => created).length, 1)
  }
})

t.test('a key that comes again with another request starts nothing', async (t) => {
  const { store, direct } = await openStore(t)
  const start = (fingerprint: string) =>
    store.sessions.start({ ...START, idempotency: { scope: 'a', key: 'k', fingerprint } })
  await start('f')
  await t.rejects(start('g'), IdempotencyConflict)
  t.equal((await start('f')).created, false, 'the first request still has its key')
  const [row] = await direct`select count(*)::int as count from sessions`
  t.equal(row?.['count'], 1)
})

t.test('a key belongs to its scope, and is free again after a day or a deletion', async (t) => {
  const { store, direct } = await openStore(t)
  const start = async (scope: string) => {
    const { session } = await store.sessions.start({
      ...START,
      idempotency: { scope, key: 'k', fingerprint: 'f' },
    })
    return session.id
  }
  const first = await start('a')
  t.not(await start('b'), first)
  t.equal(await start('a'), first)
  await direct`update idempotency_keys set created_at = now() - interval '25 hours'`
  const second = await start('a')
  t.not(second, first)
  t.equal(await start('a'), second, 'the new start has the key now')
  const [kept] = await direct`select count(*)::int as count from idempotency_keys`
  t.equal(kept?.['count'], 1, 'old keys are swept')
  await store.erasure.session(second)
  t.not(await start('a'), second)
})

t.test('a device gets its unused session again, and only that', async (t) => {
  const { store } = await openStore(t)
  const start = async (change: Partial<StartSession> = {}) =>
    (await store.sessions.start({ ...START, deviceId: 'd1', ...change })).session.id
  const first = await start()
  t.equal(await start({ at: START.at + 29_000 }), first)
  t.not(await start({ deviceId: 'd2' }), first, 'another device')
  t.not(await start({ ownerId: 'u1' }), first, 'another user of the device')
  const late = await start({ at: START.at + 31_000 })
  t.not(late, first, 'after the window')
  await store.log.append([opened(late)])
  const fresh = await start({ at: START.at + 32_000 })
  t.not(fresh, late, 'the earlier one was connected')
  await store.log.transact(fresh, 'p1', () => [
    createEvent('session.ended', Date.now(), { reason: 'client' }),
  ])
  t.not(await start({ at: START.at + 33_000 }), fresh, 'the earlier one has ended')
})

t.test('a list pages without gaps or repetitions, also among equal times', async (t) => {
  const { store } = await openStore(t)
  for (const n of numbersFrom(0, 12)) {
    // Three sessions to each moment: only the id tells them apart.
    await store.sessions.start({ ...START, at: START.at + Math.floor(n / 3), ownerId: 'u1' })
  }
  await startSession(store)
  const pages: SessionRow[] = []
  for (;;) {
    const last = pages.at(-1)
    const before = last && { startedAt: last.startedAt, id: last.id }
    const page = await store.sessions.list({ ownerId: 'u1', limit: 5, ...(before && { before }) })
    if (page.length === 0) break
    pages.push(...page)
  }
  t.equal(new Set(pages.map(({ id }) => id)).size, 12)
  const order = pages.map(({ startedAt }) => startedAt)
  t.same(
    order,
    [...order].sort((a, b) => b - a),
    'newest first',
  )
  t.equal((await store.sessions.list({ limit: 100 })).length, 13)
  t.equal((await store.sessions.list({ status: 'ended', limit: 100 })).length, 0)
})

t.test('a deletion erases everything and tells the others', async (t) => {
  const { store, direct } = await openStore(t)
  const { session } = await store.sessions.start({
    ...START,
    idempotency: { scope: 'a', key: 'k', fingerprint: 'f' },
  })
  await store.log.append([opened(session.id)])
  const heard: string[] = []
  await direct.listen('bemore_events', (payload) => heard.push(payload))
  t.match(await store.erasure.session(session.id), { kind: 'request' })
  t.equal(await store.erasure.session(session.id), null)
  const [left] = await direct`
    select (select count(*) from sessions) + (select count(*) from session_events)
         + (select count(*) from session_channels) + (select count(*) from idempotency_keys) as rows`
  t.equal(Number(left?.['rows']), 0)
  await until('the hint', () => heard.includes(`${session.id}:-`))
  const late = await store.log.append([numbered(session.id, 'p1', 2)])
  t.same(late.unknownSessions, [session.id])
})

t.test('abandoned are sessions not ended, without a channel, and quiet since then', async (t) => {
  const { store } = await openStore(t)
  const hourAgo = Date.now() - 3_600_000
  const quiet = await startSession(store, hourAgo)
  const connected = await startSession(store, hourAgo)
  await store.log.append([opened(connected.id)])
  const ended = await startSession(store, hourAgo)
  await store.log.transact(ended.id, 'p1', () => [
    createEvent('session.ended', hourAgo, { reason: 'client' }),
  ])
  await startSession(store)
  t.same(await store.sessions.listAbandoned(Date.now() - 1_800_000, 10), [quiet.id])
})
