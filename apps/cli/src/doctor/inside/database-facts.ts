import type { Database } from '@bemore/store'
import type { DatabaseFacts } from './host-evidence.js'

interface FactsRow {
  readonly version: string
  readonly versionNumber: number
  readonly isStandby: boolean
  readonly isReadOnly: boolean
  readonly isEncrypted: boolean
  readonly now: number
}

/** What the server says of itself on a connection as the processes open it. @throws StoreError */
export async function readDatabaseFacts(database: Database): Promise<DatabaseFacts> {
  // The first contact pays for the handshakes; the clock is read on an open connection.
  await database.query(async (sql) => {
    await sql`select 1`
  })
  const askedAt = Date.now()
  const [row] = await database.query(
    (sql) => sql<FactsRow[]>`
    select current_setting('server_version') as version,
           current_setting('server_version_num')::int as "versionNumber",
           pg_is_in_recovery() as "isStandby",
           current_setting('transaction_read_only') = 'on' as "isReadOnly",
           coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false)
             as "isEncrypted",
           clock_timestamp() as now`,
  )
  if (row === undefined) throw new Error('a select without a row')
  const { now, ...facts } = row
  return { ...facts, clockOffsetMs: now - (askedAt + Date.now()) / 2 }
}
