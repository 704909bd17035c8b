import type { SessionEvent } from '@bemore/core'
import t from 'tap'
import {
  connect,
  numbered,
  numbersFrom,
  openBus,
  openProxy,
  openStore,
  shareDatabase,
  startSession,
  type TestConfig,
} from './test-store.js'
import { until } from './until.js'

/** Without the poll, what arrives has come by the comparison on listening again. */
const NO_POLL: Partial<TestConfig> = { busPollMs: 60_000 }

const seqsOf = (events: readonly SessionEvent[]) => events.map(({ seq }) => seq)

const shared = await shareDatabase(t)

t.test('a LISTEN connection that is terminated is replaced, and nothing lost', async (t) => {
  const here = await openStore(t, { ...shared, ...NO_POLL })
  const bus = openBus(t, here.config, here)
  await bus.ready(5_000)
  const { id } = await startSession(here.store)
  const events: SessionEvent[] = []
  bus.follow(id, 0, (batch) => events.push(...(batch ?? [])))
  for (const n of numbersFrom(1, 5)) {
    await here.direct`
      select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'bemore-bus' and datname = current_database()`
    await here.store.log.append([numbered(id, 'p1', n)])
    await until('the event', () => seqsOf(events).includes(n + 1))
  }
  await until('listening', () => bus.state === 'listening')
  t.same(seqsOf(events), numbersFrom(1, 6))
})

t.test('a half-open LISTEN connection is noticed, replaced, and nothing lost', async (t) => {
  const here = await openStore(t, {
    ...shared,
    ...NO_POLL,
    connectTimeoutMs: 500,
    busEchoTimeoutMs: 300,
  })
  const proxy = await openProxy(t, here.url)
  const bus = openBus(t, { ...here.config, databaseUrl: proxy.through(here.url) }, here)
  await bus.ready(5_000)
  const { id } = await startSession(here.store)
  const events: SessionEvent[] = []
  bus.follow(id, 0, (batch) => events.push(...(batch ?? [])))
  await until('the first event', () => events.length === 1)

  for (const [round, directions] of [
    { toClient: true },
    { toServer: true, toClient: true },
  ].entries()) {
    const before = proxy.swallowedBytes
    proxy.swallow(directions)
    await here.store.log.append([numbered(id, 'p1', round)])
    await until('the loss to be noticed', () => bus.state === 'lost')
    t.ok(proxy.swallowedBytes > before, 'the notification was swallowed')
    proxy.forward()
    await until('the event', () => events.length > round + 1)
    await until('listening', () => bus.state === 'listening')
  }
  await here.store.log.append([numbered(id, 'p1', 9)])
  await until('hints to work again', () => events.length === 4)
  t.same(seqsOf(events), [1, 2, 3, 4])
})

t.test('connected is not listening: without an echo the bus is not ready', async (t) => {
  const here = await openStore(t, { ...shared, connectTimeoutMs: 500, busEchoTimeoutMs: 100 })
  const proxy = await openProxy(t, here.url)
  proxy.swallow({ toClient: true })
  const bus = openBus(t, { ...here.config, databaseUrl: proxy.through(here.url) }, here)
  await t.rejects(bus.ready(300), { code: 'DATABASE_UNREACHABLE' })
  t.equal(bus.state, 'connecting')
  proxy.forward()
  await bus.ready(10_000)
  t.equal(bus.state, 'listening')
})

t.test('events that nobody notified of are found by the poll', async (t) => {
  const here = await openStore(t, { ...shared, busPollMs: 100 })
  const bus = openBus(t, here.config, here)
  await bus.ready(5_000)
  const { id } = await startSession(here.store)
  const events: SessionEvent[] = []
  const held: (number | null)[] = []
  bus.follow(id, 0, (batch) => events.push(...(batch ?? [])))
  bus.hold(id, 1, (lastSeq) => held.push(lastSeq))
  await until('the first event', () => events.length === 1)
  await here.direct.begin((sql) => [
    sql`insert into session_events (session_id, seq, type, at, data, producer, producer_seq)
        values (${id}, 2, 'session.paused', now(), '{}', 'silent', 1)`,
    sql`update sessions set last_seq = 2 where id = ${id}`,
  ])
  await until('the event', () => events.length === 2)
  await until('the hold', () => held.includes(2))
  t.match(events[1], { sessionId: id, seq: 2, type: 'session.paused', data: {} })
})

t.test('a follower survives a database that is away when its hint comes', async (t) => {
  const here = await openStore(t, shared)
  const proxy = await openProxy(t, here.url)
  const reading = connect(t, { ...here.config, databaseUrl: proxy.through(here.url) })
  const bus = openBus(t, here.config, reading)
  await bus.ready(5_000)
  const { id } = await startSession(here.store)
  const events: SessionEvent[] = []
  bus.follow(id, 0, (batch) => events.push(...(batch ?? [])))
  await until('the first event', () => events.length === 1)
  await proxy.refuse()
  proxy.cut()
  await here.store.log.append([numbered(id, 'p1', 1)])
  await until('the outage', () => reading.database.state.state === 'unreachable')
  await proxy.accept()
  await until('the event', () => events.length === 2)
  t.same(seqsOf(events), [1, 2])
})

t.test('every event is delivered once, in order, while connections die all the time', async (t) => {
  const here = await openStore(t, { ...shared, busPollMs: 200, poolSize: 6 })
  const bus = openBus(t, here.config, here)
  const sessions = await Promise.all(numbersFrom(0, 10).map(() => startSession(here.store)))
  const got = new Map(sessions.map(({ id }) => [id, [] as number[]]))
  for (const { id } of sessions) {
    bus.follow(id, 0, (batch) => got.get(id)?.push(...seqsOf(batch ?? [])))
  }
  const writer = connect(t, here.config)
  const killing = setInterval(() => {
    here.direct`
      select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'bemore-bus'`.catch(() => {})
  }, 40)
  for (const n of numbersFrom(0, 40)) {
    await writer.store.log.append(
      sessions.map(({ id }, index) => numbered(id, 'p1', n * 10 + index)),
    )
  }
  clearInterval(killing)
  await until('all events', () => [...got.values()].every((seqs) => seqs.length >= 41))
  for (const seqs of got.values()) t.same(seqs, numbersFrom(1, 41))
})
