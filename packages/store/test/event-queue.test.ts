import { createEvent, type NewSessionEvent } from '@bemore/core'
import t, { type Test } from 'tap'
import {
  createEventQueue,
  type DropReason,
  type EventLog,
  type EventQueueConfig,
  type KeyedEvent,
  StoreError,
} from '../src/index.js'
import {
  CONFIG,
  connect,
  numbered,
  numbersFrom,
  openProxy,
  openStore,
  SILENT,
  shareDatabase,
  startSession,
} from './test-store.js'
import { until } from './until.js'

const event = (n: number | string): NewSessionEvent => numbered('', 'p1', Number(n)).event
const named = (connectionId: string): NewSessionEvent =>
  createEvent('channel.closed', 1, { channel: 'voice', connectionId, processId: 'p1', code: 1000 })
const nameOf = ({ data }: NewSessionEvent) => ('connectionId' in data ? data.connectionId : '')

function openQueue(
  t: Test,
  events: Pick<EventLog, 'append'>,
  change: Partial<EventQueueConfig> = {},
) {
  const queue = createEventQueue({
    config: { ...CONFIG, ...change },
    events,
    producer: 'p1',
    log: SILENT,
  })
  const dropped: [DropReason, string][] = []
  queue.onDropped((reason, events) => {
    for (const { event } of events) dropped.push([reason, nameOf(event)])
  })
  t.teardown(() => queue.close(0))
  return { queue, dropped }
}

/** A log that only takes down what it is given, and fails as it is told. */
function createFakeLog() {
  const batches: string[][] = []
  let failure: Error | null = null
  const append: EventLog['append'] = async (events: readonly KeyedEvent[]) => {
    if (failure !== null) throw failure
    batches.push(events.map(({ event }) => nameOf(event)))
    return { appended: [], unknownSessions: [] }
  }
  return { append, batches, fail: (error: Error | null) => (failure = error) }
}

const shared = await shareDatabase(t)

t.test('events are appended in batches, in order, and told when they are durable', async (t) => {
  const { store } = await openStore(t, shared)
  const { id } = await startSession(store)
  const { queue } = openQueue(t, store.log)
  const durable: string[] = []
  const counts: number[] = []
  queue.onAppended((ranges, events) => {
    counts.push(ranges.reduce((sum, { count }) => sum + count, 0))
    durable.push(...events.map(({ event }) => nameOf(event)))
  })
  for (const n of numbersFrom(1, 120)) queue.push(id, event(n))
  t.equal(queue.size, 120)
  await queue.flush()
  t.same([queue.size, queue.oldestAgeMs], [0, 0])
  t.same(counts, [50, 50, 20])
  t.same(durable, numbersFrom(1, 120).map(String))
  const log = await store.log.read(id, 1)
  t.same(log.map(nameOf), durable)
  t.same(
    log.map(({ seq }) => seq),
    numbersFrom(2, 120),
  )
})

t.test('a batch is appended when it is full or old, without being asked', async (t) => {
  const log = createFakeLog()
  const { queue } = openQueue(t, log, { eventBatchSize: 3 })
  for (const n of numbersFrom(1, 4)) queue.push('s', event(n))
  await until('the full batch and the old one', () => log.batches.length === 2)
  t.same(log.batches, [['1', '2', '3'], ['4']])
})

t.test('events wait out an outage, and come through in order and once', async (t) => {
  const { store, config, url } = await openStore(t, shared)
  const proxy = await openProxy(t, url)
  const parts = connect(t, { ...config, databaseUrl: proxy.through(url) })
  const { id } = await startSession(store)
  const { queue, dropped } = openQueue(t, parts.store.log)
  queue.push(id, event(1))
  await queue.flush()
  await proxy.refuse()
  proxy.cut()
  for (const n of numbersFrom(2, 200)) queue.push(id, event(n))
  await t.rejects(queue.flush(100), { code: 'DATABASE_TIMEOUT' })
  t.equal(queue.size, 200)
  await proxy.accept()
  await queue.flush(20_000)
  t.same((await store.log.read(id, 1)).map(nameOf), numbersFrom(1, 201).map(String))
  t.same(dropped, [])
})

t.test('a batch whose answer was lost is not appended twice', async (t) => {
  const { store, config, url } = await openStore(t, shared)
  const proxy = await openProxy(t, url)
  const half = { ...config, databaseUrl: proxy.through(url), statementTimeoutMs: 200 }
  const parts = connect(t, half)
  const { id } = await startSession(store)
  const { queue } = openQueue(t, parts.store.log)
  queue.push(id, event(1))
  await queue.flush()
  proxy.swallow({ toClient: true })
  queue.push(id, event(2))
  await until('the server to have it', async () => (await store.log.read(id, 2)).length === 1)
  t.equal(queue.size, 1, 'the queue does not know')
  queue.push(id, event(3))
  await until('the loss to be noticed', () => parts.database.state.state === 'unreachable')
  proxy.forward()
  await queue.flush(20_000)
  t.same((await store.log.read(id, 1)).map(nameOf), ['1', '2', '3'])
})

t.test('a full queue gives up its oldest, and says so', async (t) => {
  const log = createFakeLog()
  log.fail(new StoreError('DATABASE_UNREACHABLE', 'on purpose'))
  const { queue, dropped } = openQueue(t, log, { eventQueueLimit: 10, eventBatchSize: 4 })
  for (const n of numbersFrom(1, 4)) queue.push('s', event(n))
  await until('a batch under way', () => queue.flush(1).catch(() => true))
  for (const n of numbersFrom(5, 13)) queue.push('s', event(n))
  t.same(dropped, [
    ['full', '5'],
    ['full', '6'],
    ['full', '7'],
  ])
  t.equal(queue.size, 14, 'what is under way may have been appended and is kept')
  log.fail(null)
  await queue.flush()
  t.same(log.batches.flat(), ['1', '2', '3', '4', ...numbersFrom(8, 10).map(String)])
})

t.test('an event the database does not take is dropped alone', async (t) => {
  const { store } = await openStore(t, shared)
  const { id } = await startSession(store)
  const { queue, dropped } = openQueue(t, store.log)
  // PostgreSQL has no NUL in its texts; the other fault is one of the schema.
  const poison = named('bad \u0000')
  const invalid = { type: 'channel.closed', at: 1, data: {} } as unknown as NewSessionEvent
  for (const n of numbersFrom(1, 20))
    queue.push(id, n === 7 ? poison : n === 15 ? invalid : event(n))
  await queue.flush()
  const good = numbersFrom(1, 20).filter((n) => n !== 7 && n !== 15)
  t.same((await store.log.read(id, 1)).map(nameOf), good.map(String), 'the others keep their order')
  t.same(dropped, [
    ['rejected', 'bad \u0000'],
    ['rejected', ''],
  ])
})

t.test('events of a deleted session are told as such', async (t) => {
  const { store } = await openStore(t, shared)
  const { id } = await startSession(store)
  const other = await startSession(store)
  await store.erasure.session(other.id)
  const { queue, dropped } = openQueue(t, store.log)
  const durable: string[] = []
  queue.onAppended((_, events) => durable.push(...events.map(({ event }) => nameOf(event))))
  queue.push(id, event(1))
  queue.push(other.id, event(2))
  await queue.flush()
  t.same(durable, ['1'])
  t.same(dropped, [['unknown-session', '2']])
})

t.test('closing appends what it can and tells what it could not', async (t) => {
  const log = createFakeLog()
  const first = openQueue(t, log)
  first.queue.push('s', event(1))
  await first.queue.close(5_000)
  t.same(log.batches, [['1']])
  first.queue.push('s', event(2))
  t.same(first.dropped, [['closed', '2']])

  log.fail(new StoreError('DATABASE_UNREACHABLE', 'on purpose'))
  const second = openQueue(t, log)
  second.queue.push('s', event(3))
  await second.queue.close(20)
  t.same(second.dropped, [['closed', '3']])
  t.equal(second.queue.size, 0)
})

t.test('a listener that throws does not disturb the queue', async (t) => {
  const log = createFakeLog()
  const { queue } = openQueue(t, log)
  queue.onAppended(() => {
    throw new Error('on purpose')
  })
  queue.push('s', event(1))
  await queue.flush()
  queue.push('s', event(2))
  await queue.flush()
  t.same(log.batches, [['1'], ['2']])
})
