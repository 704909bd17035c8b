import { cp, readFile, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { EXIT, ExitError } from '@bemore/ops'
import postgres from 'postgres'
import t, { type Test } from 'tap'
import { checkSchema, migrateDatabase } from '../src/index.js'
import { MIGRATIONS_FOLDER, readMigrations } from '../src/schema/migration-files.js'
import { connect, openStore, SILENT, startSession } from './test-store.js'

/** A database nobody has migrated yet, beside the migrated one of the test. */
async function openEmpty(t: Test) {
  const { config, direct, url } = await openStore(t)
  const name = `${new URL(url).pathname.slice(1)}_empty`
  await direct`create database ${direct(name)} template template0`
  t.teardown(async () => {
    const admin = postgres(url, { max: 1, onnotice: () => {} })
    await admin`drop database if exists ${admin(name)} with (force)`
    await admin.end()
  })
  const empty = new URL(url)
  empty.pathname = name
  return { url: empty.href, ...connect(t, { ...config, databaseUrl: empty.href }) }
}

/** A copy of the migrations that a test may change. */
async function copyMigrations(t: Test): Promise<URL> {
  const folder = pathToFileURL(`${t.testdir({})}/`)
  await cp(MIGRATIONS_FOLDER, folder, { recursive: true })
  return folder
}

async function addMigration(folder: URL, sql: string): Promise<string> {
  const version = (await readMigrations(folder)).length + 1
  const name = `${String(version).padStart(4, '0')}-from-the-future`
  await writeFile(new URL(`${name}.sql`, folder), sql)
  return name
}

const refusedWith = (exitCode: number, message: RegExp) => (error: unknown) =>
  error instanceof ExitError && error.exitCode === exitCode && message.test(error.message)

const errorOf = (work: Promise<unknown>) => work.catch((error: unknown) => error)

t.test('migrators that start at once on an empty database work as one', async (t) => {
  const { url, database } = await openEmpty(t)
  t.equal(await checkSchema(database), 'pending')
  const results = await Promise.all(
    Array.from({ length: 5 }, () => migrateDatabase({ url, log: SILENT })),
  )
  const names = (await readMigrations()).map(({ name }) => name)
  t.same(results.flatMap(({ applied }) => applied).sort(), names, 'each was applied once')
  t.ok(results.every(({ state }) => state === 'current'))
  t.equal(await checkSchema(database), 'current')
})

t.test(
  'a migrator gives up waiting for another, with a code that says to come again',
  async (t) => {
    const { url, database } = await openEmpty(t)
    await database.query(async (sql) => {
      await sql`select pg_advisory_lock(${0x62656d6f7265}::bigint)`
      const waiting = migrateDatabase({ url, log: SILENT, waitMs: 50 })
      const error = await waiting.catch((error: unknown) => error)
      t.ok(refusedWith(EXIT.temporary, /bemore-migrate/)(error))
    })
  },
)

t.test('a store on a database nobody has migrated blames the database', async (t) => {
  const { store } = await openEmpty(t)
  t.match(await errorOf(startSession(store)), { name: 'StoreError', code: 'DATABASE_UNREACHABLE' })
})

t.test('an applied migration that was edited is refused by name', async (t) => {
  const { url, database } = await openEmpty(t)
  await migrateDatabase({ url, log: SILENT })
  const folder = await copyMigrations(t)
  const file = new URL('0002-append-session-events.sql', folder)
  await writeFile(file, `${await readFile(file, 'utf8')}-- a small change\n`)
  const refusal = refusedWith(EXIT.config, /0002-append-session-events\.sql.*new one/)
  t.ok(refusal(await errorOf(migrateDatabase({ url, log: SILENT, folder }))))
  t.ok(refusal(await errorOf(checkSchema(database, folder))))
})

t.test('code runs on a newer schema that does not break it', async (t) => {
  const { url, database } = await openEmpty(t)
  const folder = await copyMigrations(t)
  const name = await addMigration(folder, '-- breaking: false\ncreate table later (id int);')
  t.same((await migrateDatabase({ url, log: SILENT, folder })).applied.at(-1), name)
  t.equal(await checkSchema(database), 'newer')
  t.same(await migrateDatabase({ url, log: SILENT }), { applied: [], state: 'newer' })
})

t.test('code refuses a newer schema that breaks it, and says what to do', async (t) => {
  const { url, database } = await openEmpty(t)
  const folder = await copyMigrations(t)
  const name = await addMigration(folder, '-- breaking: true\ndrop table processes;')
  await migrateDatabase({ url, log: SILENT, folder })
  const newest = (await readMigrations(MIGRATIONS_FOLDER)).at(-1)?.name
  const refusal = refusedWith(EXIT.config, new RegExp(`${name}.*${newest}.*Deploy`))
  t.ok(refusal(await errorOf(checkSchema(database))))
  t.ok(refusal(await errorOf(migrateDatabase({ url, log: SILENT }))))
})

t.test('a migration that fails changes nothing, and those before it stay', async (t) => {
  const { url, database } = await openEmpty(t)
  const folder = await copyMigrations(t)
  await addMigration(folder, '-- breaking: false\ncreate table half (id int);\nselect no_such();')
  await t.rejects(migrateDatabase({ url, log: SILENT, folder }), /from-the-future\.sql: .*no_such/)
  t.equal(await checkSchema(database), 'current')
  t.equal(await checkSchema(database, folder), 'pending')
  const [row] = await database.query((sql) => sql`select to_regclass('half') as found`)
  t.equal(row?.['found'], null)
})

t.test('a file that does not say whether it breaks, or leaves a gap, is an error', async (t) => {
  const silent = await copyMigrations(t)
  const name = await addMigration(silent, 'select 1;')
  await t.rejects(readMigrations(silent), new RegExp(`${name}\\.sql.*breaking`))
  const gap = pathToFileURL(`${t.testdir({ '0002-second.sql': '-- breaking: false\n' })}/`)
  await t.rejects(readMigrations(gap), /0002-second\.sql.*without gaps/)
})
