import type { SessionEvent } from '@bemore/core'
import t from 'tap'
import { parseHints } from '../src/bus/hint.js'
import type { EventLog } from '../src/index.js'
import {
  connect,
  numbered,
  numbersFrom,
  openBus,
  openStore,
  shareDatabase,
  startSession,
  startSessions,
  type TestConfig,
} from './test-store.js'
import { until } from './until.js'

/** Without the poll, what arrives has come by a hint. */
const NO_POLL: Partial<TestConfig> = { busPollMs: 60_000 }

/** Collects what a follow delivers. */
function collect() {
  const events: SessionEvent[] = []
  let deletions = 0
  return {
    take(batch: readonly SessionEvent[] | null) {
      if (batch === null) deletions += 1
      else events.push(...batch)
    },
    seqs: () => events.map(({ seq }) => seq),
    deletions: () => deletions,
  }
}

const shared = await shareDatabase(t)

t.test('a follower gets every later event once, in order, whoever appended it', async (t) => {
  const here = await openStore(t, { ...shared, ...NO_POLL })
  const bus = openBus(t, here.config, here)
  const there = connect(t, here.config)
  await bus.ready(5_000)
  const { id } = await startSession(here.store)
  const followers = [0, 0, 1].map((since) => {
    const got = collect()
    bus.follow(id, since, got.take)
    return { since, got }
  })
  const append = async (parts: ReturnType<typeof connect>, producer: string) => {
    for (const n of numbersFrom(1, 20)) await parts.store.log.append([numbered(id, producer, n)])
  }
  await Promise.all([append(here, 'p1'), append(there, 'p2')])
  for (const { since, got } of followers) {
    await until('all events', () => got.seqs().length >= 41 - since)
    t.same(got.seqs(), numbersFrom(since + 1, 41 - since))
  }
})

t.test('a follower far behind catches up by pages', async (t) => {
  const here = await openStore(t, { ...shared, ...NO_POLL })
  const { id } = await startSession(here.store)
  await here.store.log.append(numbersFrom(1, 450).map((n) => numbered(id, 'p1', n)))
  const bus = openBus(t, here.config, here)
  const got = collect()
  const hold = bus.follow(id, 0, got.take)
  await until('all events', () => got.seqs().length >= 451)
  t.same(got.seqs(), numbersFrom(1, 451))
  t.equal(hold.seq, 451)
})

t.test('what was handed over by advance is not read again', async (t) => {
  const here = await openStore(t, { ...shared, ...NO_POLL })
  const bus = openBus(t, here.config, here)
  await bus.ready(5_000)
  const { id } = await startSession(here.store)
  const got = collect()
  const hold = bus.follow(id, 1, got.take)
  await here.store.log.append([numbered(id, 'p1', 1), numbered(id, 'p1', 2)])
  hold.advance(3)
  hold.advance(2)
  t.equal(hold.seq, 3, 'a lower value is ignored')
  await here.store.log.append([numbered(id, 'p2', 1)])
  await until('the next event', () => got.seqs().length > 0)
  t.same(got.seqs(), [4])
})

t.test('a hold is told of growth beyond what it knows, and of growth before it', async (t) => {
  const here = await openStore(t, { ...shared, ...NO_POLL })
  const bus = openBus(t, here.config, here)
  await bus.ready(5_000)
  const { id } = await startSession(here.store)
  await here.store.log.append([numbered(id, 'p1', 1)])
  const told: (number | null)[] = []
  const hold = bus.hold(id, 1, (lastSeq) => told.push(lastSeq))
  await until('the growth that came before the hold', () => told.includes(2))
  hold.advance(2)
  await here.store.log.append([numbered(id, 'p1', 2)])
  await until('the growth after it', () => told.includes(3))
  hold.release()
  const other = bus.hold(id, 3, (lastSeq) => told.push(lastSeq && -lastSeq))
  await here.store.log.append([numbered(id, 'p1', 3)])
  await until('another hold to be told', () => told.includes(-4))
  t.notOk(told.includes(4), 'a released hold is left alone')
  other.release()
})

t.test('a deletion is told once to holders and followers', async (t) => {
  const here = await openStore(t, { ...shared, busPollMs: 50 })
  let polls = 0
  const lastSeqs: EventLog['lastSeqs'] = (ids) => {
    polls += 1
    return here.store.log.lastSeqs(ids)
  }
  const log = { ...here.store.log, lastSeqs }
  const bus = openBus(t, here.config, { ...here, store: { ...here.store, log } })
  await bus.ready(5_000)
  const { id } = await startSession(here.store)
  const got = collect()
  const held: (number | null)[] = []
  bus.follow(id, 1, got.take)
  bus.hold(id, 1, (lastSeq) => held.push(lastSeq))
  await here.store.erasure.session(id)
  await until('the news', () => got.deletions() > 0 && held.includes(null))
  const before = polls
  await until('polls that see it is gone, too', () => polls > before + 2)
  t.equal(got.deletions(), 1)
  t.same(held, [null])
})

t.test('a handler that throws does not keep others from their events', async (t) => {
  const here = await openStore(t, { ...shared, ...NO_POLL })
  const bus = openBus(t, here.config, here)
  await bus.ready(5_000)
  const { id } = await startSession(here.store)
  const got = collect()
  const fail = () => {
    throw new Error('on purpose')
  }
  bus.hold(id, 1, fail)
  bus.follow(id, 1, fail)
  bus.follow(id, 1, got.take)
  await here.store.log.append([numbered(id, 'p1', 1)])
  await until('the event', () => got.seqs().length > 0)
  await here.store.log.append([numbered(id, 'p1', 2)])
  await until('the next', () => got.seqs().length > 1)
  t.same(got.seqs(), [2, 3])
})

t.test('many sessions are followed at once', async (t) => {
  const here = await openStore(t, { ...shared, ...NO_POLL })
  const bus = openBus(t, here.config, here)
  await bus.ready(5_000)
  const sessions = await startSessions(here.store, 250)
  const collected = sessions.map((id) => {
    const got = collect()
    bus.follow(id, 1, got.take)
    return got
  })
  for (const round of numbersFrom(0, 3)) {
    await here.store.log.append(
      sessions.flatMap((id, index) => [
        numbered(id, 'p1', (round * 250 + index) * 2),
        numbered(id, 'p1', (round * 250 + index) * 2 + 1),
      ]),
    )
  }
  await until('all', () => collected.every((got) => got.seqs().length >= 6))
  t.ok(collected.every((got) => got.seqs().join() === '2,3,4,5,6,7'))
})

t.test('hints are read leniently: a newer process may send more', async (t) => {
  t.same(parseHints('sess_a:5,sess_b:-,sess_c,:3,sess_d:x,sess_e:007'), [
    { sessionId: 'sess_a', lastSeq: 5 },
    { sessionId: 'sess_b', lastSeq: null },
    { sessionId: 'sess_e', lastSeq: 7 },
  ])
})
