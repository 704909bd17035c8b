import { createHealth, createLogger, readProcessReport } from '@bemore/ops'
import t from 'tap'
import { createPresence } from '../src/index.js'
import { openStore } from './test-store.js'
import { until } from './until.js'

const log = createLogger({ name: 'realtime', level: 'silent' })
const identity = { id: 'p1', kind: 'realtime', version: '1.0.0', commit: 'abc' } as const

t.test('a process and what is wrong with it are seen through the database', async (t) => {
  const { store } = await openStore(t)
  const health = createHealth(Date.now)
  const presence = createPresence({
    ...{ identity, processes: store.processes, health, log },
    // Far beyond the test: what is written in it was written because something changed.
    heartbeatMs: 600_000,
    counts: () => ({ connections: 3, sessions: 1 }),
  })
  const report = async () => {
    const [own] = await store.processes.list()
    return own === undefined ? null : readProcessReport(own.info)
  }
  presence.start()
  t.teardown(() => presence.leave())
  health.degrade('DATABASE_TIMEOUT', 'slow')
  health.recover('DATABASE_TIMEOUT')
  t.equal(await report(), null, 'not before it is ready')

  health.markReady()
  await until('its first heartbeat', async () => (await report())?.status === 'ok')
  t.match(await report(), { version: '1.0.0', commit: 'abc', connections: 3, sessions: 1 })

  health.degrade('BUS_LOST', 'no echo from 10.0.0.1')
  await until('the change to be told', async () => (await report())?.status === 'degraded')
  const degraded = await report()
  t.match(degraded?.causes, [{ code: 'BUS_LOST', since: /Z$/ }])
  t.notMatch(JSON.stringify(degraded), /10\.0\.0\.1/, 'details stay in its own health')

  health.markDraining()
  await until('a draining process to say so', async () => (await report())?.status === 'draining')
  await presence.leave()
  t.equal(await report(), null)
})
