import { EXIT, readSettings, SETTINGS } from '@bemore/ops'
import { type Command, readOptions } from './command.js'
import { bringSchemaUpToDate } from './schema.js'

export const migrateCommand: Command = {
  help: `Usage: bemore migrate

Brings the database at DATABASE_URL to the schema of this version, and says what it did.
Any number may run at once: one works, the others wait for it.

Exit codes: 0 up to date, 69 the database is not to be had, 75 another one has been migrating
it for too long, 78 DATABASE_URL is missing or wrong, or the schema is not for this version`,

  async run(args, terminal) {
    readOptions(args, {})
    const { databaseUrl } = readSettings({ databaseUrl: SETTINGS.databaseUrl }, terminal.env)
    await bringSchemaUpToDate({
      url: databaseUrl,
      patienceMs: 0,
      say: terminal.say,
      record: () => {},
    })
    return EXIT.ok
  },
}
