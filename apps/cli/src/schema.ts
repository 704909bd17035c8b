import { setTimeout as sleep } from 'node:timers/promises'
import { createLogger, EXIT, ExitError } from '@bemore/ops'
import { migrateDatabase, StoreError } from '@bemore/store'

const RETRY_MS = 500

export interface SchemaOptions {
  readonly url: string
  /** How long a database that cannot be reached may take to come up, ms. */
  readonly patienceMs: number
  readonly signal?: AbortSignal
  /** For people. */
  readonly say: (line: string) => void
  /** JSON lines of the migration's log. */
  readonly record: (line: string) => void
}

/**
 * Applies the migrations that a database lacks.
 * @throws ExitError 69 where it stays unreachable, 75 and 78 as `migrateDatabase`
 */
export async function bringSchemaUpToDate(options: SchemaOptions): Promise<void> {
  const { url, patienceMs, signal, say, record } = options
  const log = createLogger({ name: 'bemore', level: 'info', destination: { write: record } })
  const end = performance.now() + patienceMs
  for (let attempt = 1; signal?.aborted !== true; attempt++) {
    try {
      const { applied, state } = await migrateDatabase({ url, log })
      for (const migration of applied) say(`applied ${migration}`)
      if (state === 'newer') say('the database is newer than this code, and allows it')
      else if (applied.length === 0) say('the database schema is up to date')
      return
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      if (performance.now() >= end) {
        const message = `The database is not to be had: ${error.detail}. Check that it runs and that DATABASE_URL is right.`
        throw new ExitError(EXIT.unavailable, message, { cause: error })
      }
      if (attempt === 1) say(`the database does not answer yet (${error.detail}): waiting`)
    }
    await sleep(RETRY_MS, undefined, { ...(signal && { signal }) }).catch(() => {})
  }
}
