import { fileURLToPath } from 'node:url'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '@bemore/embedded-postgres'
import t from 'tap'
import { CONFIG, connect } from './test-store.js'
import { until } from './until.js'

t.test('a server whose processes are stopped accepts, and never answers', async (t) => {
  const name = `store-frozen-${process.pid}`
  const dataDir = fileURLToPath(new URL(`../../../../.bemore/${name}`, import.meta.url))
  const log = () => {}
  const server = await startEmbeddedPostgres({ dataDir, log, durable: false })
  // Only the pulse can end what the call waits for.
  const patient = { ...CONFIG, statementTimeoutMs: 60_000, probeMs: 100, probeTimeoutMs: 1_000 }
  const { database } = connect(t, { ...patient, databaseUrl: server.url })
  await database.ping()
  const backends = await database.query(
    (sql) => sql<{ pid: number }[]>`select pid from pg_stat_activity where pid is not null`,
  )
  const signal = (name: NodeJS.Signals) => {
    for (const pid of [server.pid, ...backends.map(({ pid }) => pid)]) {
      try {
        process.kill(pid, name)
      } catch {
        // A backend whose client left has ended.
      }
    }
  }
  t.teardown(async () => {
    signal('SIGCONT')
    await database.close(0)
    await server.stop({ mode: 'immediate' })
    await removeEmbeddedPostgres({ dataDir, log })
  })
  signal('SIGSTOP')
  await t.rejects(
    database.query((sql) => sql`select 1`),
    { code: 'DATABASE_TIMEOUT' },
  )
  t.equal(database.state.state, 'unreachable')
  signal('SIGCONT')
  await until('the return to be noticed', () => database.state.state === 'reachable')
  t.same(await database.query((sql) => sql`select 1 as one`), [{ one: 1 }])
})
