import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTcpProxy, createTestDatabase } from '@bemore/testing'
import t from 'tap'
import { diagnoseHost } from '../src/doctor/inside/diagnose-host.js'
import { findFreePort } from '../src/up/ports.js'
import { startLone } from './fixtures/lone-processes.js'
import { startOddServer } from './fixtures/odd-server.js'
import { emptyDatabase, onDatabase } from './fixtures/on-database.js'
import { spawnBemore } from './fixtures/spawned.js'

t.setTimeout(120_000)

async function freePorts() {
  const [PORT, REALTIME_PORT] = [await findFreePort('127.0.0.1'), await findFreePort('127.0.0.1')]
  return { HOST: '127.0.0.1', PORT: String(PORT), REALTIME_PORT: String(REALTIME_PORT) }
}

const failedOf = (steps: readonly { readonly id: string; readonly status: string }[]) =>
  steps.filter(({ status }) => status === 'fail').map(({ id }) => id)

t.test('all that is wrong with the configuration at once, and no password', async (t) => {
  const env = { DATABASE_URL: 'mysql://me:hush@db/x', PORT: 'eighty', REALTIME_PORT: '' }
  const { verdict, steps } = await diagnoseHost(env, t.testdir())
  t.equal(verdict?.code, 'CONFIG_INVALID')
  t.match(verdict?.detail.en, /DATABASE_URL: .*PORT: not a whole number/)
  t.notMatch(JSON.stringify(steps), /hush/)

  const run = spawnBemore(t, ['doctor', '--lang', 'ko'], { cwd: t.testdir() })
  t.equal(await run.exited, 50)
  t.match(run.stdout(), /CONFIG_INVALID: 설정을 사용할 수 없습니다/)
  t.match(run.stdout(), /DATABASE_URL: not set/)
})

t.test('a machine that is ready to start', async (t) => {
  const { url: DATABASE_URL } = await createTestDatabase(t)
  const { verdict, steps } = await diagnoseHost(
    { DATABASE_URL, ...(await freePorts()) },
    t.testdir(),
  )
  t.equal(verdict, null, 'no cause', { steps })
  t.match(
    steps.filter(({ status }) => status === 'warn').map(({ id }) => id),
    ['port-api', 'port-realtime'],
  )
  t.match(steps.find(({ id }) => id === 'database-login')?.detail.en, /PostgreSQL \d+.*no TLS/)
})

t.test('a journal that cannot be written', async (t) => {
  const { url: DATABASE_URL } = await createTestDatabase(t)
  const cwd = t.testdir({ file: '' })
  const env = { DATABASE_URL, JOURNAL_DIR: 'file/journal', ...(await freePorts()) }
  const { verdict, steps } = await diagnoseHost(env, cwd)
  t.equal(verdict?.code, 'JOURNAL_UNWRITABLE')
  t.same(failedOf(steps), ['journal'])
})

t.test('ports: of BeMore itself, of a web server, of something that says nothing', async (t) => {
  const { url: DATABASE_URL } = await createTestDatabase(t)
  const realtime = await startLone(t, 'realtime', { DATABASE_URL })
  const api = await startLone(t, 'api', { DATABASE_URL, REALTIME_INTERNAL_URL: realtime.url })
  const ports = { PORT: String(api.port), REALTIME_PORT: String(realtime.port) }
  const own = await diagnoseHost({ DATABASE_URL, HOST: '127.0.0.1', ...ports }, t.testdir())
  t.equal(own.verdict, null, 'ours', { steps: own.steps })
  t.equal(own.steps.at(-1)?.id, 'flow', 'what runs is examined from outside as well')

  const server = createServer((_request, response) => response.end('hello'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const silent = await startOddServer(t, () => {})
  const taken = await diagnoseHost(
    {
      DATABASE_URL,
      HOST: '127.0.0.1',
      PORT: String((server.address() as AddressInfo).port),
      REALTIME_PORT: new URL(silent).port,
    },
    t.testdir(),
    { stepMs: 1_000 },
  )
  t.equal(taken.verdict?.code, 'PORT_TAKEN')
  t.same(failedOf(taken.steps), ['port-api', 'port-realtime'])
  t.match(taken.verdict?.detail.en, /PORT \d+: HTTP 200/)
})

t.test('the database: away, silent, refusing', async (t) => {
  const { url } = await createTestDatabase(t)
  const ports = await freePorts()
  const { hostname: host, port } = new URL(url)
  const proxy = await createTcpProxy({ host, port: Number(port) })
  t.teardown(proxy.close)
  const look = async (DATABASE_URL: string) => {
    const { verdict, steps } = await diagnoseHost({ DATABASE_URL, ...ports }, t.testdir(), {
      stepMs: 1_000,
    })
    return { code: verdict?.code, failed: failedOf(steps), text: JSON.stringify(steps) }
  }
  proxy.swallow()
  t.match(await look(proxy.through(url)), { code: 'DATABASE_TIMEOUT', failed: ['database-login'] })
  proxy.forward()
  await proxy.refuse()
  t.match(await look(proxy.through(url)), {
    code: 'DATABASE_UNREACHABLE',
    failed: ['database-tcp'],
  })
  const nobody = new URL(url)
  nobody.username = 'nobody'
  nobody.password = 'hush'
  const refused = await look(nobody.href)
  t.match(refused, { code: 'DATABASE_UNREACHABLE', failed: ['database-login'] })
  t.notMatch(refused.text, /hush/)
})

t.test('the database: read-only, not migrated, beyond this code', async (t) => {
  const ports = await freePorts()
  const look = async (DATABASE_URL: string) =>
    (await diagnoseHost({ DATABASE_URL, ...ports }, t.testdir())).verdict?.code

  const { url, name } = await createTestDatabase(t)
  await onDatabase(
    url,
    (sql) => sql`
      insert into schema_migrations (version, name, checksum, breaking)
      values (9999, '9999-of-tomorrow', 'x', true)`,
  )
  t.equal(await look(url), 'SCHEMA_BEYOND')
  await emptyDatabase(url)
  t.equal(await look(url), 'MIGRATION_PENDING')
  await onDatabase(url, (sql) =>
    sql.unsafe(`alter database ${name} set default_transaction_read_only = on`),
  )
  t.equal(await look(url), 'DATABASE_READ_ONLY')
})
