/** Databases that answer questions and take nothing: what a full disk or a failover looks like. */
import postgres from 'postgres'
import type { LoadedFault, Scene } from '../fault.js'

export const databaseReadOnly: LoadedFault = {
  kind: 'loaded',
  name: 'database-read-only',
  title: 'database read-only',
  how: '`default_transaction_read_only` switched on for the whole server while connections stay, off after 25 s, as a provider does',
  causes: ['DATABASE_READ_ONLY'],
  verdicts: ['DATABASE_READ_ONLY'],
  holdMs: 25_000,
  quickHoldMs: 10_000,
  targets: { detectMs: 15_000, recoverMs: 10_000 },
  inject: (scene) => switchReadOnly(scene, 'on'),
  async heal(scene) {
    await switchReadOnly(scene, 'off')
  },
}

export const databaseFull: LoadedFault = {
  kind: 'loaded',
  name: 'database-full',
  title: 'disk full for the database',
  how: 'triggers that raise SQLSTATE 53100 (disk_full), as the server itself does, on every insert into the log and the sessions; dropped after 25 s',
  causes: ['DATABASE_FULL'],
  verdicts: ['DATABASE_FULL'],
  holdMs: 25_000,
  quickHoldMs: 10_000,
  targets: { detectMs: 15_000, recoverMs: 10_000 },
  async inject({ system }) {
    await withDatabase(system.databaseUrl, async (sql) => {
      await sql`
        create function disk_is_full() returns trigger language plpgsql as $$
        begin
          raise exception 'could not extend file: No space left on device' using errcode = '53100';
        end $$`
      for (const table of FILLING) {
        await sql`create trigger disk_full before insert on ${sql(table)}
                  for each statement execute function disk_is_full()`
      }
    })
    return undefined
  },
  heal: ({ system }) =>
    withDatabase(system.databaseUrl, async (sql) => {
      await sql`drop function disk_is_full() cascade`
    }),
}

const FILLING = ['session_events', 'sessions'] as const

async function switchReadOnly({ system }: Scene, value: 'on' | 'off'): Promise<undefined> {
  await system.server.administer(async (sql) => {
    await sql.unsafe(`alter system set default_transaction_read_only = ${value}`)
    await sql`select pg_reload_conf()`
  })
}

async function withDatabase(url: string, act: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await act(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
