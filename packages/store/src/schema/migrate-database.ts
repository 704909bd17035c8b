import { setTimeout as sleep } from 'node:timers/promises'
import { EXIT, ExitError, type Logger } from '@bemore/ops'
import postgres from 'postgres'
import { type Connection, openConnection, type Sql } from '../database/connection.js'
import { withDeadline } from '../database/deadline.js'
import { toStoreError } from '../database/error-mapping.js'
import { StoreError } from '../database/store-error.js'
import { type Migration, readMigrations } from './migration-files.js'
import { judgeSchema, readApplied, type SchemaState } from './schema-state.js'

export interface MigrateOptions {
  /** A direct connection, not one through a pooler: the lock belongs to the connection. */
  readonly url: string
  readonly log: Pick<Logger, 'debug' | 'info'>
  readonly connectTimeoutMs?: number
  /** Longest wait for another migrator to finish. */
  readonly waitMs?: number
  /** Longest statement of a migration. */
  readonly statementTimeoutMs?: number
  /**
   * Longest wait of a migration for a table in use. Whoever waits for an exclusive lock makes all
   * later readers wait too: better to give up and be started again.
   */
  readonly lockTimeoutMs?: number
  readonly folder?: URL
}

export interface MigrateResult {
  /** Names of the migrations this call applied. */
  readonly applied: readonly string[]
  readonly state: SchemaState
}

/** Any number that nothing else takes as an advisory lock: "bemore" in ASCII. */
const LOCK_KEY = 0x62656d6f7265
const LOCK_RETRY_MS = 100
const DEADLINE_MARGIN_MS = 5_000

/**
 * Brings the schema up to date. Any number may start at once: one works, the others wait for it and
 * find nothing to do. Each migration is a transaction of its own.
 * @throws ExitError (78) where code and database contradict each other, (75) when the wait is over
 * @throws StoreError where the database does not answer
 */
export async function migrateDatabase(options: MigrateOptions): Promise<MigrateResult> {
  const { log, statementTimeoutMs = 300_000, lockTimeoutMs = 10_000 } = options
  const known = await readMigrations(options.folder)
  const connection = await openConnection({
    url: options.url,
    applicationName: 'bemore-migrate',
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    statementTimeoutMs,
    lockTimeoutMs,
    onNotice: (notice) => log.debug({ event: 'migrate.notice', notice }, 'notice of the server'),
  })
  const run = guard(connection, statementTimeoutMs + DEADLINE_MARGIN_MS)
  try {
    await takeLock(run, options.waitMs ?? 60_000)
    await run(createLedger)
    const applied = await run(readApplied)
    const state = judgeSchema(known, applied)
    const done = new Set(applied.map(({ version }) => version))
    const pending = known.filter(({ version }) => !done.has(version))
    for (const migration of pending) {
      const startedAt = performance.now()
      await run((sql) => applyMigration(sql, migration))
      const ms = Math.round(performance.now() - startedAt)
      log.info({ event: 'migrate.applied', migration: migration.name, ms }, 'migration applied')
    }
    return {
      applied: pending.map(({ name }) => name),
      state: state === 'newer' ? state : 'current',
    }
  } finally {
    // The lock goes with the connection.
    await connection.close()
  }
}

type Run = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>

/** Cuts the connection when a step hangs. */
function guard(connection: Connection, deadlineMs: number): Run {
  return async (work) => {
    try {
      return await withDeadline(work(connection.sql), deadlineMs, () => {
        connection.destroy()
        return new StoreError('DATABASE_TIMEOUT', `no answer within ${deadlineMs} ms`)
      })
    } catch (error) {
      throw toStoreError(error, !connection.isOpen)
    }
  }
}

async function takeLock(run: Run, waitMs: number): Promise<void> {
  const deadline = performance.now() + waitMs
  for (;;) {
    const [row] = await run(
      (sql) => sql<{ got: boolean }[]>`select pg_try_advisory_lock(${LOCK_KEY}::bigint) as got`,
    )
    if (row?.got) return
    if (performance.now() >= deadline) {
      throw new ExitError(
        EXIT.temporary,
        `Another process has been migrating this database for ${waitMs} ms. ` +
          'Wait for it, or look for it in pg_stat_activity as bemore-migrate.',
      )
    }
    await sleep(LOCK_RETRY_MS)
  }
}

async function createLedger(sql: Sql): Promise<void> {
  await sql`
    create table if not exists schema_migrations (
      version integer primary key,
      name text not null,
      checksum text not null,
      breaking boolean not null,
      applied_at timestamptz not null default now()
    )`
}

async function applyMigration(sql: Sql, migration: Migration): Promise<void> {
  const { version, name, checksum, breaking } = migration
  await sql`begin`
  try {
    await sql.unsafe(migration.sql)
    await sql`
      insert into schema_migrations (version, name, checksum, breaking)
      values (${version}, ${name}, ${checksum}, ${breaking})`
    await sql`commit`
  } catch (error) {
    await sql`rollback`.catch(() => undefined)
    throw isFaultOfFile(error)
      ? new Error(`${name}.sql: ${error.message}`, { cause: error })
      : error
  }
}

/** SQLSTATE classes 22, 23 and 42: data, constraints and names that do not fit. */
function isFaultOfFile(error: unknown): error is postgres.PostgresError {
  return error instanceof postgres.PostgresError && /^(22|23|42)/.test(error.code)
}
