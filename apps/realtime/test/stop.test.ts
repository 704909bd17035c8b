import { createLogger, EXIT, PHASES, readRealtimeConfig } from '@bemore/ops'
import { createDatabase, createStore } from '@bemore/store'
import { createTcpProxy, createTestDatabase } from '@bemore/testing'
import t from 'tap'
import { createLandmarkMessages } from './fixtures/landmark-messages.js'
import { spawnRealtime } from './fixtures/spawned-realtime.js'
import { connectClient } from './fixtures/test-client.js'
import { until } from './fixtures/until.js'

// Each of these starts processes, several times: more than the usual half a minute on a busy machine.
t.setTimeout(120_000)

const messages = createLandmarkMessages()

t.test('SIGTERM with the database frozen: every phase in its order, in time, exit 0', async (t) => {
  const { url } = await createTestDatabase(t)
  const { hostname, port: databasePort } = new URL(url)
  const proxy = await createTcpProxy({ host: hostname, port: Number(databasePort) })
  t.teardown(() => proxy.close())
  const realtime = spawnRealtime(t, {
    ...{ DATABASE_URL: proxy.through(url), SHUTDOWN_TIMEOUT_MS: '6000' },
  })
  const port = await realtime.port()
  await until('readiness', async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok)
  const config = readRealtimeConfig({ DATABASE_URL: url })
  const database = createDatabase(config, createLogger({ name: 'realtime', level: 'silent' }))
  t.teardown(() => database.close(1_000))
  const start = { language: 'en', at: Date.now(), deviceWindowMs: 0 } as const
  const { id } = (await createStore(database, config).sessions.start(start)).session
  const camera = await connectClient(t, `ws://127.0.0.1:${port}/ws/landmarks/${id}`)
  for (let i = 0; i < 5; i++) camera.send(messages.json(Date.now()))
  await camera.count('pong')
  proxy.swallow()
  realtime.child.kill('SIGTERM')
  t.equal(await camera.closed(), 4301, 'clients are let go all the same')
  t.equal(await realtime.exit(), EXIT.ok)
  const phases = realtime.lines.filter(({ event }) => event === 'stop.phase')
  t.same(
    phases.map(({ phase }) => phase),
    PHASES,
  )
  const end = realtime.lines.find(({ event }) => event === 'stop.end')
  t.ok(Number(end?.['ms']) <= 6_500, `${end?.['ms']} ms`)
})
