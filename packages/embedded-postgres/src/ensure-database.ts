import postgres from 'postgres'

const DUPLICATE_DATABASE = '42P04'

// postgres.js takes the name from the URL as it stands, without undoing %20 and the like.
const PLAIN_NAME = /^[a-z_][a-z0-9_]{0,62}$/

/**
 * Creates a database unless it exists.
 * @param serverUrl any database of the server, as a user that may create databases
 * @param name 1 to 63 lower-case letters, digits and underscores
 * @returns the URL of the database
 */
export async function ensureDatabase(serverUrl: string, name: string): Promise<string> {
  const url = databaseUrl(serverUrl, name)
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} })
  try {
    await sql`create database ${sql(name)}`
  } catch (error) {
    if (!(error instanceof postgres.PostgresError && error.code === DUPLICATE_DATABASE)) throw error
  } finally {
    await sql.end({ timeout: 5 })
  }
  return url
}

/** The same server and user, another database; throws RangeError for a name as above is not. */
export function databaseUrl(serverUrl: string, name: string): string {
  if (!PLAIN_NAME.test(name)) throw new RangeError(`not a plain database name: ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
