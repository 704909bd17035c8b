import { migrateDatabase } from '@bemore/store'
import type { DatabaseServer } from '../system/database-server.js'

const QUIET = { debug: () => {}, info: () => {} }

export const migrate = (url: string) => migrateDatabase({ url, log: QUIET })

/** A migrated database; its URL. */
export async function prepareDatabase(server: DatabaseServer, name: string): Promise<string> {
  const url = await server.createDatabase(name)
  await migrate(url)
  return url
}
