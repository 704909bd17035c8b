// A database per test file, copied from a migrated template, so that files run side by side and
// start from the same state. `npm test` runs one server for all of them; a file run by hand
// (`node packages/store/dist/test/….test.js`) finds no server and starts its own.
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  databaseUrl,
  ensureDatabase,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '@bemore/embedded-postgres'
import { migrateDatabase } from '@bemore/store'
import postgres from 'postgres'

export const TEST_SERVER_VARIABLE = 'BEMORE_TEST_POSTGRES_URL'
const TEMPLATE = 'bemore_template'

/** Settings of every server that tests share: many files, each with pools of its own. */
export const TEST_SERVER_SETTINGS = { max_connections: 300 } as const

/** What is needed of a tap test. */
export interface TestContext {
  readonly name: string
  teardown(fn: () => unknown): void
}

export interface TestDatabase {
  /** The superuser's URL of this database. */
  readonly url: string
  readonly name: string
  /** The same user in the server's own database: to look at, or cut, connections from outside. */
  readonly adminUrl: string
}

/** A new, migrated database, dropped when the test ends, whoever is still connected. */
export async function createTestDatabase(t: TestContext): Promise<TestDatabase> {
  // The runner can reach its test processes by their environment only.
  const adminUrl = process.env[TEST_SERVER_VARIABLE] ?? (await startOwnServer(t))
  const name = nameFor(t.name)
  await administer(adminUrl, (sql) => copyTemplate(sql, name))
  t.teardown(() =>
    administer(adminUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  )
  return { url: databaseUrl(adminUrl, name), name, adminUrl }
}

/** Makes the template on a server that has none, and closes it to connections. */
export async function prepareTestTemplate(adminUrl: string): Promise<void> {
  const url = await ensureDatabase(adminUrl, TEMPLATE)
  await migrateDatabase({ url, log: { debug: () => {}, info: () => {} } })
  await administer(
    adminUrl,
    (sql) => sql`alter database ${sql(TEMPLATE)} with is_template true allow_connections false`,
  )
}

// Each call starts a server of its own: nothing is kept between calls, and the second that it
// costs is paid only by hand.
async function startOwnServer(t: TestContext): Promise<string> {
  const unique = `test-by-hand-${randomBytes(6).toString('hex')}`
  const dataDir = fileURLToPath(new URL(`../../../../.bemore/${unique}`, import.meta.url))
  const log = () => {}
  const server = await startEmbeddedPostgres({
    dataDir,
    log,
    durable: false,
    settings: TEST_SERVER_SETTINGS,
  })
  t.teardown(async () => {
    await server.stop({ mode: 'immediate' })
    await removeEmbeddedPostgres({ dataDir, log })
  })
  await prepareTestTemplate(server.url)
  return server.url
}

const OBJECT_IN_USE = '55006'
const MAX_ATTEMPTS = 5

/**
 * PostgreSQL refuses to copy a database that somebody is connected to, after waiting 5 s by
 * itself. Only its own maintenance can be: so it is worth asking again, a few times.
 */
async function copyTemplate(sql: postgres.Sql, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await sql`create database ${sql(name)} template ${sql(TEMPLATE)}`
      return
    } catch (error) {
      const isInUse = error instanceof postgres.PostgresError && error.code === OBJECT_IN_USE
      if (!isInUse || attempt === MAX_ATTEMPTS) throw error
    }
    await sleep(100 * attempt)
  }
}

/** `packages/store/dist/test/event-log.test.js` → `event_log_1f2e3d4c5b6a`. */
function nameFor(testName: string): string {
  const file = testName.split('/').at(-1) ?? ''
  const subject = file.replace(/\.test\.js$/, '').toLowerCase()
  const readable = subject.replace(/[^a-z0-9]+/g, '_').slice(0, 40)
  return `t_${readable}_${randomBytes(6).toString('hex')}`
}

async function administer(
  adminUrl: string,
  act: (sql: postgres.Sql) => PromiseLike<unknown>,
): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    await act(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
