import { createEvent, type NewSessionEvent } from '@bemore/core'
import t from 'tap'
import type { KeyedEvent } from '../src/index.js'
import {
  numbered,
  numbersFrom,
  openStore,
  shareDatabase,
  startSession,
  startSessions,
} from './test-store.js'
import { until } from './until.js'

const opened = (connectionId: string, at = Date.now()) =>
  createEvent('channel.opened', at, { channel: 'voice', connectionId, processId: 'p1' })
const closed = (connectionId: string, at = Date.now()) =>
  createEvent('channel.closed', at, { channel: 'voice', connectionId, processId: 'p1', code: 1000 })
const keyed = (sessionId: string, events: readonly NewSessionEvent[], first = 1): KeyedEvent[] =>
  events.map((event, index) => ({
    sessionId,
    event,
    producer: sessionId,
    producerSeq: first + index,
  }))

const shared = await shareDatabase(t)

t.test('concurrent batches over shared sessions give every session a gapless log', async (t) => {
  const { store } = await openStore(t, { ...shared, poolSize: 8 })
  const sessions = await startSessions(store, 20)
  const batches = 12
  const appender = async (producer: string, offset: number) => {
    for (const batch of numbersFrom(0, batches)) {
      // Each goes over the sessions in an order of its own: without ordered locks this deadlocks.
      const order = sessions.map((_, place) => sessions[(place * (offset * 2 + 1)) % 20] as string)
      await store.log.append(
        order.map((id, place) => numbered(id, producer, batch * order.length + place)),
      )
    }
  }
  await Promise.all(numbersFrom(0, 8).map((index) => appender(`p${index}`, index)))

  const seen = new Map<string, number[]>()
  let total = 0
  for (const id of sessions) {
    const events = await store.log.read(id, 0)
    t.same(
      events.map(({ seq }) => seq),
      numbersFrom(1, events.length),
      'seq starts at 1 and has no gaps',
    )
    t.equal((await store.sessions.get(id))?.lastSeq, events.length)
    total += events.length - 1
    for (const { type, data } of events) {
      if (type !== 'channel.closed') continue
      const numbers = seen.get(data.processId) ?? []
      seen.set(data.processId, numbers)
      numbers.push(Number(data.connectionId))
    }
  }
  t.equal(total, 8 * batches * 20, 'nothing is lost or doubled')
  t.equal(seen.size, 8)
})

t.test('a batch replayed, also at the same time, appends nothing twice', async (t) => {
  const { store } = await openStore(t, { ...shared, poolSize: 8 })
  const sessions = await startSessions(store, 5)
  const batch = numbersFrom(1, 50).map((n) => numbered(sessions[n % 5] as string, 'p1', n))
  const results = await Promise.all(numbersFrom(1, 8).map(() => store.log.append(batch)))
  const counts = results.map(({ appended }) => appended.reduce((sum, { count }) => sum + count, 0))
  t.same(
    counts.sort((a, b) => a - b),
    [0, 0, 0, 0, 0, 0, 0, 50],
  )
  for (const id of sessions) t.equal((await store.log.read(id, 1)).length, 10)
  const again = await store.log.append([...batch, numbered(sessions[0] as string, 'p1', 51)])
  t.same(
    again.appended.map(({ count, lastSeq }) => [count, lastSeq]).sort(),
    [
      [0, 11],
      [0, 11],
      [0, 11],
      [0, 11],
      [1, 12],
    ],
    'what is new in it is appended, behind the rest',
  )
})

t.test('a key twice in one batch counts once, and the order of the batch is kept', async (t) => {
  const { store } = await openStore(t, shared)
  const { id } = await startSession(store)
  const batch = [3, 1, 3, 2, 1].map((n) => numbered(id, 'p1', n))
  t.same((await store.log.append(batch)).appended, [{ sessionId: id, count: 3, lastSeq: 4 }])
  const events = await store.log.read(id, 1)
  t.same(
    events.map(({ data }) => 'connectionId' in data && data.connectionId),
    ['3', '1', '2'],
  )
})

t.test('a key used for two sessions is an error, not a lost event', async (t) => {
  const { store } = await openStore(t, shared)
  const [one, other] = (await startSessions(store, 2)) as [string, string]
  const first = numbered(one, 'p1', 1)
  await store.log.append([first])
  await t.rejects(store.log.append([{ ...first, sessionId: other }]), { code: '23505' })
})

t.test('events of unknown sessions are told and do not hold up the others', async (t) => {
  const { store } = await openStore(t, shared)
  const { id } = await startSession(store)
  const gone = 'sess_0000000000000000000000'
  const result = await store.log.append([numbered(gone, 'p1', 1), numbered(id, 'p1', 2)])
  t.same(result, {
    appended: [{ sessionId: id, count: 1, lastSeq: 2 }],
    unknownSessions: [gone],
  })
})

t.test('an event that does not fit its schema is not sent, and its data not told', async (t) => {
  const { store } = await openStore(t, shared)
  const { id } = await startSession(store)
  const data = { channel: 'smell', connectionId: 'secret', processId: 'p1' }
  const event = { type: 'channel.opened', at: 1, data } as unknown as NewSessionEvent
  const error = await store.log.append(keyed(id, [event])).catch((error: Error) => error)
  t.match(error, { name: 'InvalidEventError', message: /channel\.opened/ })
  t.notMatch((error as Error).message, /secret|smell/)
})

t.test('the session row follows its events', async (t) => {
  const { store } = await openStore(t, shared)
  const started = Date.now() - 60_000
  const { id } = await startSession(store, started)
  const row = () => store.sessions.get(id)

  await store.log.append(keyed(id, [opened('a', started + 1_000), opened('b', started + 2_000)]))
  t.match(await row(), { openChannels: 2, connectedAt: started + 1_000, status: 'active' })
  t.same(
    (await store.log.openChannels(id)).map(({ connectionId }) => connectionId),
    ['a', 'b'],
  )

  await store.log.append(keyed(id, [opened('a'), closed('b'), closed('never-opened')], 3))
  t.match(
    await row(),
    { openChannels: 1, connectedAt: started + 1_000 },
    'opened twice is open once',
  )

  await store.log.append(
    keyed(id, [opened('c'), closed('c'), createEvent('session.paused', 5, {})], 6),
  )
  t.match(await row(), { openChannels: 1, status: 'paused' })
  t.ok(((await row())?.lastActiveAt ?? 0) > started)

  const ended = createEvent('session.ended', started + 9_000, { reason: 'client' })
  await store.log.append(keyed(id, [createEvent('session.resumed', 6, {}), ended, closed('a')], 9))
  t.match(await row(), { status: 'ended', endedAt: started + 9_000, openChannels: 0, lastSeq: 12 })

  await store.log.append(keyed(id, [createEvent('session.resumed', 7, {})], 12))
  t.match(await row(), { status: 'ended', endedAt: started + 9_000 }, 'ended is final')
})

t.test('a clock that runs ahead does not keep a session active', async (t) => {
  const { store } = await openStore(t, shared)
  const { id } = await startSession(store)
  await store.log.append(keyed(id, [closed('a', Date.now() + 86_400_000)]))
  const row = await store.sessions.get(id)
  t.ok((row?.lastActiveAt ?? 0) < Date.now() + 60_000)
})

t.test('transact decides under the lock, and once', async (t) => {
  const { store } = await openStore(t, { ...shared, poolSize: 8 })
  const { id } = await startSession(store)
  const end = () =>
    store.log.transact(id, 'api-1', ({ status }) =>
      status === 'ended' ? [] : [createEvent('session.ended', Date.now(), { reason: 'client' })],
    )
  const results = await Promise.all(numbersFrom(1, 8).map(end))
  t.equal(
    results.reduce((sum, result) => sum + (result?.appended ?? 0), 0),
    1,
  )
  t.ok(
    results.every((result) => result?.session.status === 'ended' && result.session.lastSeq === 2),
  )
  t.equal(await store.log.transact('sess_0000000000000000000000', 'api-1', () => []), null)
})

t.test('a decision that throws appends nothing and frees the session', async (t) => {
  const { store } = await openStore(t, { ...shared, poolSize: 1 })
  const { id } = await startSession(store)
  const refuse = () => {
    throw new RangeError('not now')
  }
  await t.rejects(store.log.transact(id, 'api-1', refuse), new RangeError('not now'))
  const after = await store.log.transact(id, 'api-1', () => [createEvent('session.paused', 1, {})])
  t.match(after, { appended: 1, session: { status: 'paused', lastSeq: 2 } })
})

t.test('reading pages through a log, for one session or many', async (t) => {
  const { store } = await openStore(t, shared)
  const [one, other] = (await startSessions(store, 2)) as [string, string]
  await store.log.append(numbersFrom(1, 9).map((n) => numbered(one, 'p1', n)))
  const seqs = (events: readonly { seq: number }[]) => events.map(({ seq }) => seq)
  t.same(seqs(await store.log.read(one, 2, 3)), [3, 4, 5])
  t.same(seqs(await store.log.read(one, 10)), [])
  const wanted = [
    { sessionId: one, since: 6 },
    { sessionId: other, since: 0 },
    { sessionId: 'sess_0000000000000000000000', since: 0 },
  ]
  const many = await store.log.readMany(wanted, 2)
  t.same(seqs(many.filter(({ sessionId }) => sessionId === one)), [7, 8])
  t.same(seqs(many.filter(({ sessionId }) => sessionId === other)), [1])
  t.equal(many.length, 3)
  t.match(await store.log.latest(one, 'channel.closed'), { seq: 10, data: { connectionId: '9' } })
  t.equal(await store.log.latest(other, 'channel.closed'), null)
  t.same(
    await store.log.lastSeqs([one, other, 'nobody']),
    new Map([
      [one, 10],
      [other, 1],
    ]),
  )
})

t.test('one batch for many sessions sends few notifications, each within the limit', async (t) => {
  const { store, direct } = await openStore(t, { ...shared, poolSize: 8 })
  const sessions = await startSessions(store, 330)
  const payloads: string[] = []
  await direct.listen('bemore_events', (payload) => payloads.push(payload))
  await store.log.append(sessions.map((id, index) => numbered(id, 'p1', index)))
  const hints = () => payloads.flatMap((payload) => payload.split(','))
  await until('every hint', () => hints().length >= 330)
  t.same(hints().sort(), sessions.map((id) => `${id}:2`).sort())
  t.ok(payloads.length <= 3, `${payloads.length} notifications`)
  t.ok(payloads.every((payload) => Buffer.byteLength(payload) < 7_900))
})
