import { EXIT, ExitError } from '@bemore/ops'
import type { Sql } from '../database/connection.js'
import type { Migration } from './migration-files.js'

/** A row of `schema_migrations`. */
export interface AppliedMigration {
  readonly version: number
  readonly name: string
  readonly checksum: string
  readonly breaking: boolean
}

/**
 * - `pending`: this code has migrations that the database has not; run `bemore migrate`.
 * - `newer`: the database has migrations this code does not know, none of them breaking (a deploy is
 *   under way, or was rolled back).
 */
export type SchemaState = 'current' | 'pending' | 'newer'

/** What has been applied, in order; empty for a database nobody has migrated yet. */
export async function readApplied(sql: Sql): Promise<AppliedMigration[]> {
  const [found] = await sql<{ exists: boolean }[]>`
    select to_regclass('schema_migrations') is not null as exists`
  if (!found?.exists) return []
  return sql<AppliedMigration[]>`
    select version, name, checksum, breaking from schema_migrations order by version`
}

/**
 * Compares what this code knows with what the database has.
 * @throws ExitError (78) where they contradict each other, or the database is beyond this code
 */
export function judgeSchema(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): SchemaState {
  const byVersion = new Map(applied.map((migration) => [migration.version, migration]))
  for (const migration of known) assertUnchanged(migration, byVersion.get(migration.version))
  const unknown = applied.filter(({ version }) => version > known.length)
  assertNoneBreaking(unknown, known.at(-1))
  if (known.some(({ version }) => !byVersion.has(version))) return 'pending'
  return unknown.length > 0 ? 'newer' : 'current'
}

function assertUnchanged(migration: Migration, applied: AppliedMigration | undefined): void {
  if (applied === undefined || applied.checksum === migration.checksum) return
  const other = applied.name === migration.name ? '' : ` (there it was ${applied.name}.sql)`
  throw new ExitError(
    EXIT.config,
    `Migration ${migration.name}.sql is not what was applied to this database${other}. ` +
      'An applied migration must never be edited: restore the file and put the change into a new one.',
  )
}

function assertNoneBreaking(
  unknown: readonly AppliedMigration[],
  newest: Migration | undefined,
): void {
  const breaking = unknown.filter((migration) => migration.breaking)
  if (breaking.length === 0) return
  throw new ExitError(
    EXIT.config,
    `The database schema is beyond this code: it has ${breaking.map(({ name }) => name).join(', ')}, ` +
      `which break older code, and this code knows migrations up to ${newest?.name ?? 'none'}. ` +
      'Deploy the version of the code that brought them, or restore the database from before.',
  )
}
