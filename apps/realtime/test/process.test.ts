import { createServer } from 'node:net'
import { createLogger, EXIT, readRealtimeConfig } from '@bemore/ops'
import { createDatabase, createStore, type Store } from '@bemore/store'
import { createTcpProxy, createTestDatabase } from '@bemore/testing'
import t, { type Test } from 'tap'
import { createLandmarkMessages } from './fixtures/landmark-messages.js'
import { journalFolder, spawnRealtime } from './fixtures/spawned-realtime.js'
import { connectClient } from './fixtures/test-client.js'
import { until } from './fixtures/until.js'

// Each of these starts processes, several times: more than the usual half a minute on a busy machine.
t.setTimeout(120_000)

const messages = createLandmarkMessages()

function openDatabase(t: Test, databaseUrl: string) {
  const config = readRealtimeConfig({ DATABASE_URL: databaseUrl })
  const log = createLogger({ name: 'realtime', level: 'silent' })
  const database = createDatabase(config, log)
  t.teardown(() => database.close(1_000))
  return { database, store: createStore(database, config) }
}

const startSession = async (store: Store): Promise<string> =>
  (await store.sessions.start({ language: 'en', at: Date.now(), deviceWindowMs: 0 })).session.id

const statusOf = async (port: number, path: string): Promise<number> =>
  (await fetch(`http://127.0.0.1:${port}${path}`)).status

t.test('the realtime process', async (t) => {
  const { url } = await createTestDatabase(t)
  const { database, store } = openDatabase(t, url)

  t.test('SIGTERM under load loses no window and exits 0', async (t) => {
    const realtime = spawnRealtime(t, { DATABASE_URL: url })
    const port = await realtime.port()
    await until('readiness', async () => (await statusOf(port, '/readyz')) === 200)
    const id = await startSession(store)
    const camera = await connectClient(t, `ws://127.0.0.1:${port}/ws/landmarks/${id}`)
    for (let i = 0; i < 20; i++) camera.send(messages.json(Date.now()))
    await camera.count('pong')
    realtime.child.kill('SIGTERM')
    t.equal(await camera.closed(), 4301)
    t.equal(await realtime.exit(), EXIT.ok)
    t.ok(camera.received.some(({ type }) => type === 'draining'))
    const events = await store.log.read(id, 0)
    t.match(
      events.find(({ type }) => type === 'face.window'),
      { data: { window: { usable: 20 } } },
    )
    t.same(await store.log.openChannels(id), [])
    t.ok(
      realtime.lines.every((line) => !JSON.stringify(line).includes(id)),
      'ids are not logged',
    )
  })

  t.test('killed while the database is away, it loses no window that was closed', async (t) => {
    const { hostname, port: databasePort } = new URL(url)
    const proxy = await createTcpProxy({ host: hostname, port: Number(databasePort) })
    t.teardown(() => proxy.close())
    const env = { DATABASE_URL: proxy.through(url), JOURNAL_DIR: journalFolder(t) }
    const first = spawnRealtime(t, { ...env, EVENT_FLUSH_MS: '50' })
    const port = await first.port()
    await until('readiness', async () => (await statusOf(port, '/readyz')) === 200)
    const id = await startSession(store)
    const camera = await connectClient(t, `ws://127.0.0.1:${port}/ws/landmarks/${id}`)
    for (let i = 0; i < 20; i++) camera.send(messages.json(Date.now()))
    await camera.count('pong')
    await until(
      'the opening to be in the log',
      async () => (await store.log.read(id, 1)).length > 0,
    )
    await proxy.refuse()
    proxy.cut()
    // Closes its window, which then waits.
    camera.socket.close()
    await until('events to wait', async () => {
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
      return /^bemore_events_waiting [2-9]/m.test(metrics)
    })
    first.child.kill('SIGKILL')
    t.equal(await first.exit(), null)
    t.notOk((await store.log.read(id, 0)).some(({ type }) => type === 'face.window'))

    await proxy.accept()
    spawnRealtime(t, env)
    await until('the window to be in the log', async () => {
      const windows = (await store.log.read(id, 0)).filter(({ type }) => type === 'face.window')
      t.ok(windows.length <= 1)
      return windows.length === 1
    })
    t.same((await store.log.read(id, 0)).at(-1)?.type, 'channel.closed', 'and what came after it')
  })

  t.test('starts without the database, says so, and goes on when it comes', async (t) => {
    const { hostname, port: databasePort } = new URL(url)
    const proxy = await createTcpProxy({ host: hostname, port: Number(databasePort) })
    t.teardown(() => proxy.close())
    await proxy.refuse()
    const realtime = spawnRealtime(t, { DATABASE_URL: proxy.through(url) })
    const port = await realtime.port()
    await until('the cause to be known', async () => {
      const health = await fetch(`http://127.0.0.1:${port}/health`)
      return health.status === 503 && (await health.text()).includes('DATABASE_UNREACHABLE')
    })
    t.equal(await statusOf(port, '/livez'), 200)
    t.equal(await statusOf(port, '/readyz'), 503)
    await proxy.accept()
    await until('readiness', async () => (await statusOf(port, '/readyz')) === 200)
    t.equal(await statusOf(port, '/health'), 200)
    const id = await startSession(store)
    t.ok(await connectClient(t, `ws://127.0.0.1:${port}/ws/voice/${id}`))
  })

  t.test('waits for a migration that is pending', async (t) => {
    const [applied] = await database.query(
      (sql) => sql`delete from schema_migrations where version = 1 returning *`,
    )
    const realtime = spawnRealtime(t, { DATABASE_URL: url })
    const port = await realtime.port()
    await until('the cause to be known', async () => {
      const health = await fetch(`http://127.0.0.1:${port}/health`)
      return health.status === 503 && (await health.text()).includes('MIGRATION_PENDING')
    })
    await database.query((sql) => sql`insert into schema_migrations ${sql(applied as object)}`)
    await until('readiness', async () => (await statusOf(port, '/readyz')) === 200)
    t.match(await (await fetch(`http://127.0.0.1:${port}/health`)).json(), { causes: [] })
  })

  t.test('a schema beyond this code exits 78', async (t) => {
    const beyond = { version: 9_999, name: '9999-beyond', checksum: 'x', breaking: true }
    await database.query((sql) => sql`insert into schema_migrations ${sql(beyond)}`)
    const realtime = spawnRealtime(t, { DATABASE_URL: url })
    t.equal(await realtime.exit(), EXIT.config)
    t.match(JSON.stringify(realtime.lines), /9999-beyond/)
    await database.query((sql) => sql`delete from schema_migrations where version = 9999`)
  })

  t.test('a taken port exits 75 and names port and variable', async (t) => {
    for (const engine of ['uws', 'ws']) {
      const blocker = createServer().listen(0, '127.0.0.1')
      t.teardown(() => blocker.close())
      await until('the blocker', () => blocker.listening)
      const address = blocker.address()
      const port = typeof address === 'object' ? String(address?.port) : ''
      const realtime = spawnRealtime(t, {
        ...{ DATABASE_URL: url, REALTIME_PORT: port, REALTIME_TRANSPORT: engine },
      })
      t.equal(await realtime.exit(), EXIT.temporary)
      const fatal = realtime.lines.find(({ level }) => level === 'fatal')
      t.match(fatal, { msg: new RegExp(`${port}.*REALTIME_PORT`) })
    }
  })

  t.test('a configuration that cannot be used exits 78 and names every fault', async (t) => {
    const realtime = spawnRealtime(t, { REALTIME_PORT: 'eighty' })
    t.equal(await realtime.exit(), EXIT.config)
    const said = `${JSON.stringify(realtime.lines)}${realtime.stderr()}`
    t.match(said, /DATABASE_URL/)
    t.match(said, /REALTIME_PORT/)
  })
})
