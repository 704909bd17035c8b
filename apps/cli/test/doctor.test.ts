import type { CauseCode } from '@bemore/ops'
import { createTcpProxy, createTestDatabase } from '@bemore/testing'
import t from 'tap'
import { diagnose } from '../src/doctor/diagnose.js'
import type { StepResult } from '../src/doctor/diagnosis.js'
import { findFreePort } from '../src/up/ports.js'
import { startLone } from './fixtures/lone-processes.js'
import { emptyDatabase, onDatabase } from './fixtures/on-database.js'
import { spawnBemore } from './fixtures/spawned.js'
import { until } from './fixtures/until.js'

t.setTimeout(180_000)

const PATIENCE_MS = 60_000
const isWell = (url: string) =>
  until(
    `${url} is well`,
    async () => {
      const reply = await fetch(`${url}/health`).catch(() => null)
      return ((await reply?.json()) as { status?: string } | undefined)?.status === 'ok'
    },
    PATIENCE_MS,
  )

/** Asks until the first cause is the one that was made, as an operator would who looks twice. */
const isFound = (url: string, code: CauseCode | undefined) =>
  until(`the verdict is ${code}`, async () => {
    const { verdict } = await diagnose(url, { until: 'listen', stepMs: 2_000 })
    return verdict?.code === code
  })

const failedOf = (steps: readonly StepResult[]) => steps.find(({ status }) => status === 'fail')?.id

t.test('a system that things happen to', async (t) => {
  const { url } = await createTestDatabase(t)
  const { hostname: host, port } = new URL(url)
  const proxy = await createTcpProxy({ host, port: Number(port) })
  t.teardown(proxy.close)
  const DATABASE_URL = proxy.through(url)
  const realtime = await startLone(t, 'realtime', { DATABASE_URL })
  const env = { DATABASE_URL, REALTIME_INTERNAL_URL: realtime.url }
  const nowhere = `http://127.0.0.1:${await findFreePort('127.0.0.1')}`
  const [api, strict, misled] = await Promise.all([
    startLone(t, 'api', env),
    startLone(t, 'api', { ...env, RATE_LIMIT_PER_MINUTE: '1' }),
    startLone(t, 'api', { ...env, REALTIME_INTERNAL_URL: nowhere }),
  ])
  await Promise.all([api.url, strict.url, realtime.url].map(isWell))

  t.test('while nothing has: no cause, and no trace of the visit', async (t) => {
    const { verdict, also, steps, server } = await diagnose(api.url)
    t.equal(verdict, null, 'no cause', { verdict, steps })
    t.same(also, [])
    t.ok(steps.every(({ status }) => status === 'pass'))
    t.match(steps.at(-1)?.detail.en, /frames, a live estimate, ended, 1 window in the report/)
    t.match(server?.version, /^\d+\./)
    await onDatabase(url, async (sql) => t.same(await sql`select 1 from sessions`, []))

    const run = spawnBemore(t, ['doctor', api.url, '--json', '--lang', 'ko'], { cwd: t.testdir() })
    t.equal(await run.exited, 0)
    t.match(JSON.parse(run.stdout()), { healthy: true, exitCode: 0, verdict: null })
  })

  t.test('too many requests from here', async (t) => {
    await diagnose(strict.url, { until: 'start' })
    const { verdict } = await diagnose(strict.url, { until: 'start' })
    t.equal(verdict?.code, 'RATE_LIMITED')
  })

  t.test('realtime that lives where the API does not look is out of reach', async (t) => {
    const { verdict, steps } = await diagnose(misled.url)
    t.equal(verdict?.code, 'REALTIME_UNREACHABLE')
    t.equal(failedOf(steps), 'ws-landmarks')
  })

  t.test('the database goes away, and comes back', async (t) => {
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
    await isFound(api.url, undefined)
  })

  t.test('the database takes bytes and never answers', async (t) => {
    proxy.swallow()
    const { verdict } = await diagnose(api.url, { stepMs: 8_000 })
    t.match(verdict?.code, /^DATABASE_(TIMEOUT|UNREACHABLE)$/)
    proxy.forward()
    proxy.cut()
    await Promise.all([api.url, realtime.url].map(isWell))
  })

  t.test('realtime killed with -9 is dead, while its heartbeat is still fresh', async (t) => {
    await realtime.kill()
    const { verdict, steps } = await diagnose(api.url)
    t.equal(verdict?.code, 'REALTIME_DOWN')
    t.equal(failedOf(steps), 'ws-landmarks')
  })

  t.test('the API killed with -9', async (t) => {
    await api.kill()
    t.equal((await diagnose(api.url)).verdict?.code, 'CONNECTION_REFUSED')
  })
})

t.test('a database nobody has migrated', async (t) => {
  const { url: DATABASE_URL } = await createTestDatabase(t)
  await emptyDatabase(DATABASE_URL)
  const api = await startLone(t, 'api', { DATABASE_URL })
  await isFound(api.url, 'MIGRATION_PENDING')
  const { verdict, steps } = await diagnose(api.url)
  t.equal(verdict?.code, 'MIGRATION_PENDING')
  t.equal(failedOf(steps), 'migrations')
})
