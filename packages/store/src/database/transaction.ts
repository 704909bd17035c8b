import type { Connection, Sql } from './connection.js'

/**
 * `begin` and `commit` as plain statements: the driver's own transactions write to a socket that is
 * gone when the connection is lost in the middle, which ends the process.
 */
export async function inTransaction<T>(
  connection: Connection,
  run: (sql: Sql) => Promise<T>,
): Promise<T> {
  const { sql } = connection
  await sql`begin`
  try {
    const result = await run(sql)
    await sql`commit`
    return result
  } catch (error) {
    // The first error is the cause; a connection whose transaction cannot be ended is of no use.
    await sql`rollback`.catch(() => connection.destroy())
    throw error
  }
}
