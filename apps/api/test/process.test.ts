import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createLogger, PHASES, readApiConfig } from '@bemore/ops'
import { createDatabase } from '@bemore/store'
import { createTcpProxy, createTestDatabase, type TestContext } from '@bemore/testing'
import t from 'tap'
import { until } from './rig.js'

// Each of these starts processes, several times: more than the usual half a minute on a busy machine.
t.setTimeout(120_000)

const SERVER = fileURLToPath(new URL('../src/server.js', import.meta.url))

/** The real process, with its log lines parsed. */
function spawnApi(t: TestContext, env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, ['--enable-source-maps', SERVER], {
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: Record<string, unknown>[] = []
  const output = { errors: '' }
  let rest = ''
  child.stdout?.on('data', (bytes) => {
    const parts = `${rest}${bytes}`.split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) lines.push(JSON.parse(part))
  })
  child.stderr?.on('data', (bytes) => {
    output.errors += bytes
  })
  t.teardown(() => child.kill('SIGKILL'))
  const exited = once(child, 'exit').then(([code]) => code as number)
  return {
    child,
    output,
    exited,
    lines,
    async listening(): Promise<string> {
      await until('it listens', () => lines.some(({ event }) => event === 'listening'), 20_000)
      const { port } = lines.find(({ event }) => event === 'listening') as { port: number }
      return `http://127.0.0.1:${port}`
    },
  }
}

t.test('the process', async (t) => {
  const { url } = await createTestDatabase(t)

  t.test('starts, serves, and stops in order at SIGTERM', async (t) => {
    const api = spawnApi(t, { DATABASE_URL: url })
    const base = await api.listening()
    await until('it is ready', async () => (await fetch(`${base}/readyz`)).status === 200)
    const reply = await fetch(`${base}/api/session/start`, { method: 'POST' })
    t.equal(reply.status, 201)
    const { data } = (await reply.json()) as { data: { wsUrls: { all: string } } }
    t.ok(data.wsUrls.all.startsWith(base.replace('http', 'ws')))
    api.child.kill('SIGTERM')
    t.equal(await api.exited, 0)
    t.match(api.lines.at(-1), { event: 'stop.end', clean: true })
    t.same(
      api.lines.filter(({ event }) => event === 'stop.phase').map(({ phase }) => phase),
      PHASES,
    )
  })

  t.test('tells that its port is taken, and what to do, and exits with 75', async (t) => {
    const first = spawnApi(t, { DATABASE_URL: url })
    const { port } = new URL(await first.listening())
    const second = spawnApi(t, { DATABASE_URL: url, PORT: port })
    t.equal(await second.exited, 75)
    const fatal = second.lines.find(({ level }) => level === 'fatal')
    t.match(fatal?.['msg'], new RegExp(`Port ${port} is taken.*PORT`))
    first.child.kill('SIGTERM')
    t.equal(await first.exited, 0)
  })

  t.test('names every fault of its configuration at once, and exits with 78', async (t) => {
    const api = spawnApi(t, { PORT: 'eight thousand', TRUSTED_PROXIES: 'perhaps' })
    t.equal(await api.exited, 78)
    for (const name of ['DATABASE_URL', 'PORT', 'TRUSTED_PROXIES']) t.match(api.output.errors, name)
  })

  t.test(
    'starts without a database, alive but not ready, and gets ready when it comes',
    async (t) => {
      const { hostname, port } = new URL(url)
      const proxy = await createTcpProxy({ host: hostname, port: Number(port) })
      t.teardown(() => proxy.close())
      await proxy.refuse()
      const api = spawnApi(t, { DATABASE_URL: proxy.through(url) })
      const base = await api.listening()
      const statusOf = async (path: string) => (await fetch(base + path)).status
      t.equal(await statusOf('/livez'), 200)
      t.equal(await statusOf('/readyz'), 503)
      t.equal(await statusOf('/health'), 503)
      const start = await fetch(`${base}/api/session/start`, { method: 'POST' })
      t.equal(start.status, 503)
      t.ok(start.headers.get('retry-after'))
      await proxy.accept()
      await until('it is ready', async () => (await statusOf('/readyz')) === 200)
      api.child.kill('SIGTERM')
      t.equal(await api.exited, 0)
    },
  )

  t.test(
    'refuses a database that newer code has changed for good, and exits with 78',
    async (t) => {
      const newer = await createTestDatabase(t)
      const log = createLogger({ name: 'api', level: 'fatal' })
      const database = createDatabase(readApiConfig({ DATABASE_URL: newer.url }), log)
      await database.query(
        (sql) => sql`
        insert into schema_migrations (version, name, checksum, breaking)
        values (9999, '9999-from-the-future', 'x', true)`,
      )
      await database.close(1_000)
      const api = spawnApi(t, { DATABASE_URL: newer.url })
      t.equal(await api.exited, 78)
      const fatal = api.lines.find(({ level }) => level === 'fatal')
      t.match(fatal?.['msg'], /9999-from-the-future/)
    },
  )
})
