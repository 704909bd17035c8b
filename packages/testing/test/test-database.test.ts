import postgres from 'postgres'
import t from 'tap'
import { createTestDatabase } from '../src/test-database.js'

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return [...(await sql.unsafe(statement))]
  } finally {
    await sql.end({ timeout: 5 })
  }
}

t.test('databases made at once are separate, migrated, and gone with their test', async (t) => {
  const outer = await createTestDatabase(t)
  const names: string[] = []
  await t.test('inner', async (t) => {
    const databases = await Promise.all(
      Array.from({ length: 8 }, () =>
        createTestDatabase({ name: t.name, teardown: (fn) => t.teardown(fn) }),
      ),
    )
    for (const { name, url } of databases) {
      names.push(name)
      await query(url, 'create table mine (id int)')
    }
    t.equal(new Set(names).size, 8)
    const [{ sessions } = {}] = await query(
      databases[0]?.url as string,
      `select to_regclass('sessions') is not null as sessions`,
    )
    t.equal(sessions, true, 'the schema is there')
    // A pool that a test forgot to close must not keep its database alive.
    const forgotten = postgres(databases[1]?.url as string, { max: 1, onclose: () => {} })
    await forgotten`select 1`
  })
  const left = await query(outer.adminUrl, 'select datname from pg_database')
  t.notOk(left.some(({ datname }) => names.includes(String(datname))))
})
