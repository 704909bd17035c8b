import { createEvent } from '@bemore/core'
import t, { type Test } from 'tap'
import { createEventQueue, type EventLog, type KeyedEvent, StoreError } from '../src/index.js'
import { bytesIn, copyAsOfTheDead, openJournal, tempFolder } from './journal-rig.js'
import { CONFIG, numbered, numbersFrom, openStore, SILENT, startSession } from './test-store.js'
import { until } from './until.js'

const AWAY = new StoreError('DATABASE_UNREACHABLE', 'on purpose')
const event = (n: number) => numbered('', 'p1', n).event

async function openQueue(t: Test, root: string, append: EventLog['append']) {
  const backlog = await openJournal(root)
  const queue = createEventQueue({
    ...{ config: CONFIG, events: { append }, producer: 'p1', log: SILENT, backlog },
  })
  const durable: number[] = []
  const dropped: [string, number][] = []
  queue.onDurable((events) => durable.push(...events.map(({ producerSeq }) => producerSeq)))
  queue.onDropped((reason, events) => dropped.push([reason, events.length]))
  t.teardown(() => queue.close(0))
  return { queue, durable, dropped }
}

t.test('while the database is away, events are durable once the disk has them', async (t) => {
  const root = tempFolder(t)
  const appended: number[] = []
  let away = true
  const { queue, durable } = await openQueue(t, root, async (events) => {
    if (away) throw AWAY
    appended.push(...events.map(({ producerSeq }) => producerSeq))
    return { appended: [], unknownSessions: [] }
  })
  t.equal(queue.journal.state, 'idle')
  for (const n of numbersFrom(1, 100)) queue.push('s', event(n))
  await until('the disk to have them', () => durable.length === 100)
  t.match(queue.journal, { state: 'holding', detail: null })
  queue.push('s', event(101))
  await until('the disk to have it', () => durable.length === 101)

  away = false
  await queue.flush()
  t.same(appended, numbersFrom(1, 101))
  queue.push('s', event(102))
  await queue.flush()
  t.same(durable, numbersFrom(1, 102), 'each is told once')
  t.match(queue.journal, { state: 'idle', bytes: 0 })
  t.equal(bytesIn(root), 0)
})

t.test('an append that hangs does not keep events from being durable', async (t) => {
  const { queue, durable } = await openQueue(t, tempFolder(t), () => new Promise(() => {}))
  queue.push('s', event(1))
  await until('the disk to have it', () => durable.length === 1)
  t.equal(queue.size, 1)
})

t.test('a database that takes events leaves the disk alone', async (t) => {
  const told: string[] = []
  const backlog = await openJournal(tempFolder(t))
  const sync = async () => {
    told.push('synced')
    return true
  }
  const queue = createEventQueue({
    ...{ config: CONFIG, producer: 'p1', log: SILENT },
    // By inheritance: a spread would freeze what its getters say now.
    backlog: Object.create(backlog, { sync: { value: sync } }),
    events: { append: async () => ({ appended: [], unknownSessions: [] }) },
  })
  t.teardown(() => queue.close(0))
  queue.onDurable(() => told.push('durable'))
  queue.push('s', event(1))
  await queue.flush()
  t.same(told, ['durable'])
})

t.test('what a killed process left is appended by the next, once, with its keys', async (t) => {
  const { store } = await openStore(t)
  const { id } = await startSession(store)
  const root = tempFolder(t)
  let answers = false
  const first = await openQueue(t, root, async (events) => {
    if (answers) await store.log.append(events)
    throw AWAY
  })
  for (const n of numbersFrom(1, 30)) first.queue.push(id, event(n))
  // Appended, but the process died before it knew.
  answers = true
  await until('the log to have them', async () => (await store.log.read(id, 1)).length === 30)
  answers = false
  for (const n of numbersFrom(31, 30)) first.queue.push(id, event(n))
  const second = await openQueue(t, copyAsOfTheDead(t, root), store.log.append)
  second.queue.push(id, event(61))
  await second.queue.flush()
  const names = (await store.log.read(id, 1)).map(({ data }) => {
    return 'connectionId' in data ? Number(data.connectionId) : null
  })
  t.same(names, numbersFrom(1, 61))
  t.same(second.durable, [1], 'only its own are told')
})

t.test('closing with the database away keeps events for the next', async (t) => {
  const root = tempFolder(t)
  const first = await openQueue(t, root, async () => {
    throw AWAY
  })
  for (const n of numbersFrom(1, 10)) first.queue.push('s', event(n))
  await first.queue.close(20)
  t.same(first.dropped, [], 'they are not lost')
  t.same(first.durable, numbersFrom(1, 10))
  const appended: KeyedEvent[] = []
  await openQueue(t, root, async (events) => {
    appended.push(...events)
    return { appended: [], unknownSessions: [] }
  })
  await until('the next to append them', () => appended.length === 10)
  t.same(
    appended.map(({ producerSeq }) => producerSeq),
    numbersFrom(1, 10),
  )
})

t.test('an event that no JSON can say is dropped alone', async (t) => {
  const { queue, dropped } = await openQueue(t, tempFolder(t), async () => {
    return { appended: [], unknownSessions: [] }
  })
  const cyclic = { type: 'channel.closed', at: 1, data: {} as Record<string, unknown> }
  cyclic.data['self'] = cyclic.data
  queue.push('s', cyclic as never)
  queue.push('s', event(1))
  await queue.flush()
  t.same(dropped, [['rejected', 1]])
})

t.test('a journal does not bring back what was erased while its process was dead', async (t) => {
  const { store } = await openStore(t)
  const [erased, withdrawn] = [await startSession(store), await startSession(store)]
  const root = tempFolder(t)
  const first = await openQueue(t, root, async () => {
    throw AWAY
  })
  const read = createEvent('baseline.set', Date.now(), { baseline: {} as never })
  for (const { id } of [erased, withdrawn]) first.queue.push(id, read)
  await until('the disk to have them', () => first.durable.length === 2)
  await store.erasure.session(erased.id)
  await store.log.transact(withdrawn.id, 'test', () => [
    createEvent('consent.recorded', Date.now(), {
      ...{ modality: 'face', decision: 'withdrawn', noticeVersion: '1', source: 'client' },
    }),
  ])
  const second = await openQueue(t, copyAsOfTheDead(t, root), store.log.append)
  await second.queue.flush()
  t.equal(second.queue.size, 0, 'nothing waits for ever')
  t.equal(await store.sessions.get(erased.id), null)
  t.same(await store.log.read(erased.id, 0), [])
  t.match(await store.log.read(withdrawn.id, 2), [
    { type: 'event.erased', data: { was: 'baseline.set', reason: 'withdrawn' } },
  ])
})
