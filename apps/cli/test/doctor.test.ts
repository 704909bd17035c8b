import type { CauseCode } from '@bemore/ops'
import { createTcpProxy, createTestDatabase, type TcpProxy } from '@bemore/testing'
import t from 'tap'
import { diagnose } from '../src/doctor/diagnose.js'
import { findFreePort } from '../src/up/ports.js'
import { type LoneProcess, startLone } from './fixtures/lone-processes.js'
import { emptyDatabase } from './fixtures/on-database.js'
import { spawnBemore } from './fixtures/spawned.js'
import { until } from './fixtures/until.js'

t.setTimeout(180_000)

interface System {
  readonly proxy: TcpProxy
  readonly api: LoneProcess
  readonly realtime: LoneProcess
}

async function startSystem(
  t: Parameters<typeof createTestDatabase>[0],
  apiEnv: Readonly<Record<string, string>> = {},
): Promise<System> {
  const { url } = await createTestDatabase(t)
  const { hostname: host, port } = new URL(url)
  const proxy = await createTcpProxy({ host, port: Number(port) })
  t.teardown(proxy.close)
  const DATABASE_URL = proxy.through(url)
  const realtime = await startLone(t, 'realtime', { DATABASE_URL })
  const REALTIME_INTERNAL_URL = realtime.url
  const api = await startLone(t, 'api', { DATABASE_URL, REALTIME_INTERNAL_URL, ...apiEnv })
  for (const { url: each } of [api, realtime]) await isWell(each)
  return { proxy, api, realtime }
}

const isWell = (url: string) =>
  until(`${url} is well`, async () => {
    const reply = await fetch(`${url}/health`).catch(() => null)
    return ((await reply?.json()) as { status?: string } | undefined)?.status === 'ok'
  })

/** Asks until the first cause is the one that was made, as an operator would who looks twice. */
const isFound = (url: string, code: CauseCode, until_: 'listen' | 'flow' = 'listen') =>
  until(`the verdict is ${code}`, async () => {
    const { verdict } = await diagnose(url, { until: until_, stepMs: 2_000 })
    return verdict?.code === code
  })

t.test('a healthy system, and no trace of the visit', async (t) => {
  const { api } = await startSystem(t)
  const { verdict, also, steps, server } = await diagnose(api.url)
  t.equal(verdict, null, 'no cause', { verdict, steps })
  t.same(also, [])
  t.ok(steps.every(({ status }) => status === 'pass'))
  t.match(steps.at(-1)?.detail.en, /frames, a live estimate, ended, 1 window in the report/)
  t.match(server?.version, /^\d+\./)

  const run = spawnBemore(t, ['doctor', api.url, '--json', '--lang', 'ko'], { cwd: t.testdir() })
  t.equal(await run.exited, 0)
  t.match(JSON.parse(run.stdout()), { healthy: true, exitCode: 0, verdict: null })
})

t.test('the database goes away under a running system', async (t) => {
  const { proxy, api } = await startSystem(t)

  await proxy.refuse()
  proxy.cut()
  const { verdict } = await diagnose(api.url, { stepMs: 3_000 })
  t.equal(verdict?.code, 'DATABASE_UNREACHABLE', 'in the very moment it went')
  await isFound(api.url, 'DATABASE_UNREACHABLE')
  const run = spawnBemore(t, ['doctor', api.url, '--lang', 'en'], { cwd: t.testdir() })
  t.equal(await run.exited, 20)
  t.match(run.stdout(), /FAIL +Database /)
  t.match(run.stdout(), /skipped +LISTEN round trip/)
  t.match(run.stdout(), /Remedy +Is PostgreSQL up/)

  await proxy.accept()
  await isWell(api.url)
  t.equal((await diagnose(api.url, { until: 'listen' })).verdict, null, 'and back')
})

t.test('a database that takes bytes and never answers', async (t) => {
  const { proxy, api } = await startSystem(t)
  proxy.swallow()
  const { verdict } = await diagnose(api.url, { stepMs: 8_000 })
  t.match(verdict?.code, /^DATABASE_(TIMEOUT|UNREACHABLE)$/)
})

t.test('realtime killed with -9 is dead, while its heartbeat is still fresh', async (t) => {
  const { api, realtime } = await startSystem(t)
  await realtime.kill()
  const { verdict, steps } = await diagnose(api.url)
  t.equal(verdict?.code, 'REALTIME_DOWN')
  t.equal(steps.find(({ status }) => status === 'fail')?.id, 'ws-landmarks')
})

t.test('realtime that lives where the API does not look is out of reach', async (t) => {
  const nowhere = `http://127.0.0.1:${await findFreePort('127.0.0.1')}`
  const { api } = await startSystem(t, { REALTIME_INTERNAL_URL: nowhere })
  const { verdict } = await diagnose(api.url)
  t.equal(verdict?.code, 'REALTIME_UNREACHABLE')
})

t.test('a database nobody has migrated', async (t) => {
  const { url: DATABASE_URL } = await createTestDatabase(t)
  await emptyDatabase(DATABASE_URL)
  const api = await startLone(t, 'api', { DATABASE_URL })
  await isFound(api.url, 'MIGRATION_PENDING')
  const { verdict, steps } = await diagnose(api.url)
  t.equal(verdict?.code, 'MIGRATION_PENDING')
  t.equal(steps.find(({ status }) => status === 'fail')?.id, 'migrations')
})

t.test('too many requests from here', async (t) => {
  const { api } = await startSystem(t, { RATE_LIMIT_PER_MINUTE: '1' })
  await diagnose(api.url, { until: 'start' })
  t.equal((await diagnose(api.url, { until: 'start' })).verdict?.code, 'RATE_LIMITED')
})
