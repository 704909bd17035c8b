/** Code and schema of different ages: what an interrupted or a reversed deploy leaves behind. */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { EXIT } from '@bemore/ops'
import { migrateDatabase } from '@bemore/store'
import postgres from 'postgres'
import type { BootFault } from '../fault.js'
import { askDoctor } from '../measure/doctor.js'
import { ROOT } from '../system/system.js'
import { waitUntil } from '../until.js'
import { migrate, prepareDatabase } from './boot-database.js'
import { causesAt, recoverWith, toRow, tryBoot, waitUntilReady } from './boot-rig.js'

const SEEN_LIMIT_MS = 15_000

const pending = {
  name: 'migration-pending',
  title: 'migration pending',
  how: 'the API is started on a database that lacks the newest migration, which is applied beside it afterwards',
}

export const migrationPending: BootFault = {
  ...pending,
  kind: 'boot',
  async run(server, databaseName) {
    const url = await server.createDatabase(databaseName)
    await migrateAllButOne(url)
    const trial = { DATABASE_URL: url }
    return tryBoot(
      trial,
      async ({ url: address, process }) => {
        const seen = async () => (await causesAt(address)).includes('MIGRATION_PENDING')
        const detectedAfterMs = await waitUntil(seen, SEEN_LIMIT_MS)
        const verdict = await askDoctor(address)
        await migrate(url)
        const recoveredAfterMs = await waitUntilReady(address)
        return toRow(pending, {
          usersSaw: 'not routed to (readiness 503) until migrated; no restart needed',
          detectedAfterMs,
          cause: 'MIGRATION_PENDING',
          recoveredAfterMs,
          verdict,
          verdicts: ['MIGRATION_PENDING'],
          missed: process.exits.length === 0 ? [] : ['the process ended'],
        })
      },
      { exits: false },
    )
  },
}

const beyond = {
  name: 'schema-beyond',
  title: 'migration newer than the code',
  how: 'the API is started on a database with a breaking migration that it does not know; then without it',
}

export const schemaBeyond: BootFault = {
  ...beyond,
  kind: 'boot',
  async run(server, databaseName) {
    const url = await prepareDatabase(server, databaseName)
    const sql = postgres(url, { max: 1 })
    try {
      await sql`insert into schema_migrations (version, name, checksum, breaking)
                select max(version) + 1, '9999-of-the-future', 'unknown', true from schema_migrations`
      const startedMs = performance.now()
      return await tryBoot({ DATABASE_URL: url }, async (trial) => {
        const output = await trial.readOutput()
        const verdict = await askDoctor(trial.url)
        await sql`delete from schema_migrations where name = '9999-of-the-future'`
        const recoveredAfterMs = await recoverWith(trial, {})
        const named = output.includes('9999-of-the-future')
        return toRow(beyond, {
          usersSaw: `no start, exit ${trial.exit?.code ?? 'none'}; the migration is ${named ? 'named' : 'not named'} in the log`,
          detectedAfterMs: trial.exit === null ? null : trial.exit.atMs - startedMs,
          cause: 'SCHEMA_BEYOND',
          recoveredAfterMs,
          verdict,
          verdicts: ['CONNECTION_REFUSED', 'SCHEMA_BEYOND'],
          missed: [
            ...(trial.exit?.code === EXIT.config ? [] : [`exit ${EXIT.config} expected`]),
            ...(named ? [] : ['the migration is not named']),
          ],
        })
      })
    } finally {
      await sql.end({ timeout: 5 })
    }
  },
}

async function migrateAllButOne(url: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bemore-chaos-migrations-'))
  try {
    const whole = join(ROOT, 'packages/store/migrations')
    const names = (await readdir(whole)).filter((name) => name.endsWith('.sql')).sort()
    for (const name of names.slice(0, -1)) await cp(join(whole, name), join(folder, name))
    const log = { debug: () => {}, info: () => {} }
    await migrateDatabase({ url, log, folder: pathToFileURL(`${folder}/`) })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
