import type { Database } from '../database/database.js'
import { readMigrations } from './migration-files.js'
import { judgeSchema, readApplied, type SchemaState } from './schema-state.js'

/**
 * Whether this code may run on the database as it is.
 * @throws ExitError (78) with the remedy, where it must not
 * @throws StoreError where the database does not answer
 */
export async function checkSchema(database: Database, folder?: URL): Promise<SchemaState> {
  const known = await readMigrations(folder)
  return judgeSchema(known, await database.query(readApplied))
}
