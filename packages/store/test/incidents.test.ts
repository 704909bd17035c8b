import { createHealth } from '@bemore/ops'
import t, { type Test } from 'tap'
import { createIncidentRecorder, type IncidentReport, type Store } from '../src/index.js'
import { connect, openProxy, openStore, SILENT } from './test-store.js'
import { until } from './until.js'

const STALE_MS = 15_000
const AT = Date.UTC(2026, 0, 5, 9)
const processOf = (id: string) => ({ id, kind: 'api', version: '1.2.3', commit: 'abc' }) as const

const list = (store: Store, filter: { open?: boolean } = {}) =>
  store.incidents.list({ ...filter, staleMs: STALE_MS, limit: 50 })
const open = (code: string, beganAt: number): IncidentReport => ({
  ...{ code, detail: 'in words', beganAt, end: null },
})
const over = (code: string, beganAt: number, at: number): IncidentReport => ({
  ...{ code, detail: 'in words', beganAt, end: { at, by: 'recovery' } },
})
const alive = (store: Store, id: string) => store.processes.heartbeat({ id, kind: 'api', info: {} })

/** A process with its health, and its records written through `store`. */
function record(t: Test, store: Store, id: string) {
  const health = createHealth(Date.now)
  const recorder = createIncidentRecorder({
    ...{ identity: processOf(id), incidents: store.incidents, health, log: SILENT },
    ...{ heartbeatMs: 100, now: Date.now },
  })
  t.teardown(() => recorder.close())
  recorder.start()
  return { health, recorder }
}

t.test('what a process suffered from is written when it is ready, from begin to end', async (t) => {
  const { store } = await openStore(t)
  await alive(store, 'p1')
  const { health, recorder } = record(t, store, 'p1')
  health.degrade('MIGRATION_PENDING', 'the database lacks migrations')
  t.equal(recorder.waiting, 1, 'the table may be missing as yet')
  t.same(await list(store), [])
  health.recover('MIGRATION_PENDING')
  health.markReady()
  health.degrade('BUS_LOST', 'the LISTEN connection is lost')
  await until('both', async () => (await list(store)).length === 2)
  const [bus, migration] = await list(store)
  t.match(migration, { code: 'MIGRATION_PENDING', endedBy: 'recovery', endedAt: Number })
  t.match(bus, { processId: 'p1', kind: 'api', version: '1.2.3', code: 'BUS_LOST' })
  t.match(bus, { detail: 'the LISTEN connection is lost', endedAt: null, endedBy: null })
  t.equal(bus?.beganAt, health.snapshot().causes[0]?.since, 'the moment that health tells')

  health.degrade('JOURNAL_UNWRITABLE', `\0${'😀'.repeat(600)}`)
  health.recover('JOURNAL_UNWRITABLE')
  health.degrade('BUS_LOST', 'still')
  health.recover('BUS_LOST')
  await until('its end', async () => (await list(store, { open: true })).length === 0)
  const ended = (await list(store)).find(({ code }) => code === 'BUS_LOST')
  t.match(ended, { id: bus?.id, endedBy: 'recovery', detail: 'the LISTEN connection is lost' })
  t.equal((await list(store)).length, 3, 'one incident is one row')
})

t.test(
  'an outage of the database itself is written after it, and what came and went in it',
  async (t) => {
    const { store, config, url } = await openStore(t)
    const proxy = await openProxy(t, url)
    const away = connect(t, { ...config, databaseUrl: proxy.through(url), connectTimeoutMs: 500 })
    await alive(store, 'p1')
    const { health, recorder } = record(t, away.store, 'p1')
    health.markReady()
    await away.store.ping()
    await proxy.refuse()
    proxy.cut()
    await until('the loss to be known', () => away.database.state.state === 'unreachable')
    health.degrade('DATABASE_UNREACHABLE', 'refused')
    const since = health.snapshot().causes[0]?.since
    health.degrade('LOOP_SLOW', '250 ms late')
    health.recover('LOOP_SLOW')
    await until('tries in vain', () => recorder.waiting === 2)
    await proxy.accept()
    await until('what was kept to be written', async () => (await list(store)).length === 2)
    health.recover('DATABASE_UNREACHABLE')
    await until('the end', async () => (await list(store, { open: true })).length === 0)
    const all = await list(store)
    t.match(
      all.find(({ code }) => code === 'DATABASE_UNREACHABLE'),
      { beganAt: since, endedBy: 'recovery' },
    )
    t.match(
      all.find(({ code }) => code === 'LOOP_SLOW'),
      { endedBy: 'recovery' },
    )
    await until('nothing to wait', () => recorder.waiting === 0)
  },
)

t.test('what waits for the database is bounded, the newest are kept', async (t) => {
  const told: IncidentReport[] = []
  let reachable = false
  const health = createHealth(() => clock)
  let clock = AT
  const recorder = createIncidentRecorder({
    ...{ identity: processOf('p1'), health, log: SILENT, heartbeatMs: 20, now: () => clock },
    incidents: {
      async record(_process, incidents) {
        if (!reachable) throw new Error('away')
        told.push(...incidents)
      },
    },
  })
  health.markReady()
  for (let flaps = 0; flaps < 1_500; flaps += 1) {
    clock += 1
    health.degrade('LOOP_SLOW', 'late')
    health.recover('LOOP_SLOW')
  }
  t.equal(recorder.waiting, 1_000)
  reachable = true
  recorder.start()
  await until('all to be told', () => recorder.waiting === 0)
  t.equal(told.length, 1_000)
  t.equal(told.at(-1)?.beganAt, clock)
  await recorder.close()
})

t.test('what lasts when a process stops has ended with it', async (t) => {
  const { store } = await openStore(t)
  await alive(store, 'p1')
  const { health, recorder } = record(t, store, 'p1')
  health.markReady()
  health.degrade('GEMINI_UNAVAILABLE', 'five failures')
  await recorder.close()
  await store.processes.leave('p1')
  t.match(await list(store), [{ code: 'GEMINI_UNAVAILABLE', endedBy: 'process', endedAt: Number }])
})

t.test('a process that died left its incidents open: they have ended with it', async (t) => {
  const { store, direct } = await openStore(t)
  for (const id of ['dead', 'alive', 'forgotten']) {
    await alive(store, id)
    await store.incidents.record(processOf(id), [open('BUS_LOST', AT)])
  }
  await store.processes.leave('forgotten')
  await direct`update processes set heartbeat_at = now() - interval '1 minute' where id = 'dead'`
  const of = async (id: string) => (await list(store)).find(({ processId }) => processId === id)
  const dead = (await store.processes.list()).find(({ id }) => id === 'dead')
  t.match(await of('alive'), { endedAt: null, endedBy: null })
  t.match(await of('dead'), { endedAt: dead?.heartbeatAt, endedBy: 'process' })
  t.match(await of('forgotten'), { endedAt: null, endedBy: 'process' })
  t.same(
    (await list(store, { open: true })).map(({ processId }) => processId),
    ['alive'],
  )
  t.equal((await list(store, { open: false })).length, 2)

  t.equal(await store.incidents.closeLeftOpen(10), 1, 'who is not known any more')
  await direct`update processes set heartbeat_at = now() - interval '2 hours' where id = 'dead'`
  t.equal(await store.incidents.closeLeftOpen(10), 1, 'and who has been dead for long')
  t.equal(await store.incidents.closeLeftOpen(10), 0)
  t.match(await of('forgotten'), { endedAt: Number, endedBy: 'process' })

  await alive(store, 'dead')
  const end = AT + 60_000
  await store.incidents.record(processOf('dead'), [over('BUS_LOST', AT, end)])
  t.match(await of('dead'), { endedAt: end, endedBy: 'recovery' }, 'it was only cut off')
})

t.test('incidents come in pages, newest first, and go after their time', async (t) => {
  const { store } = await openStore(t)
  const reports = [1, 2, 2, 3].map((second, index) =>
    over(index === 2 ? 'LOOP_SLOW' : 'BUS_LOST', AT + second * 1_000, AT + 5_000),
  )
  await store.incidents.record(processOf('p1'), [...reports, open('CLOCK_SKEWED', AT)])
  await store.incidents.record(processOf('p1'), reports)
  const first = await store.incidents.list({ staleMs: STALE_MS, limit: 2 })
  const last = first.at(-1)
  t.ok(last)
  const rest = await store.incidents.list({
    ...{ staleMs: STALE_MS, limit: 10 },
    ...(last !== undefined && { before: last }),
  })
  t.same(
    [...first, ...rest].map(({ beganAt }) => (beganAt - AT) / 1_000),
    [3, 2, 2, 1, 0],
    'written twice, they are there once',
  )
  t.equal(await store.incidents.expire(AT + 2_000, 10), 0, 'by their end, not their begin')
  t.equal(await store.incidents.expire(AT + 6_000, 3), 3)
  t.equal(await store.incidents.expire(AT + 6_000, 3), 1)
  t.match(await list(store), [{ code: 'CLOCK_SKEWED' }], 'what lasts is kept')
})
