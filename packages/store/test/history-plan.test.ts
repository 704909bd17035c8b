import { FIGURES_VERSION } from '@bemore/core'
import t from 'tap'
import { selectOutlines, selectPastSessions } from '../src/history/past-sessions.js'
import type { Sql } from '../src/index.js'
import { openStore } from './test-store.js'

/**
 * A hundred thousand sessions: of a thousand people, and ten thousand of one. What a page reads of them
 * is found by an index and is no more than was asked for, also by the plan that a connection keeps for
 * any owner.
 */
const SESSIONS = 100_000
const BUSY = 'user_busy'
const BUSY_SESSIONS = 10_000

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly Plans?: readonly Plan[]
}

type Statement = (sql: Sql) => ReturnType<typeof selectPastSessions | typeof selectOutlines>

const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)]

t.test('a history stays quick with a hundred thousand sessions', async (t) => {
  const { database, direct } = await openStore(t)
  await direct.begin(async (sql) => {
    await sql`
      insert into sessions (id, status, owner_id, language, started_at, ended_at, last_seq, last_active_at)
      select 'sess_' || lpad(n::text, 22, '0'), 'ended',
             case when n <= ${BUSY_SESSIONS} then ${BUSY} else 'user_' || n % 1000 end,
             'ko', at, at + interval '10 minutes', 2, at
        from (select n, now() - n * interval '5 minutes' as at
                from generate_series(1, ${SESSIONS}) as n) as s`
    await sql`
      insert into session_events (session_id, seq, type, at, data, producer, producer_seq)
      select id, seq, case seq when 1 then 'session.started' else 'session.ended' end,
             started_at, '{}', id, seq
        from sessions cross join generate_series(1, 2) as seq`
    await sql`
      insert into session_figures (session_id, last_seq, version, figures)
      select id, 2, ${FIGURES_VERSION}::integer, '{"emotion": "happy"}' from sessions`
  })
  await direct`analyze`

  /** As a connection of long standing would run it: by a plan made for any owner. */
  const planOf = async (statement: Statement, values: readonly (string | number)[]) =>
    database.transaction(async (sql) => {
      const { string } = await statement(sql).describe()
      const literals = values.map((value) => (typeof value === 'number' ? value : `'${value}'`))
      await sql`set local plan_cache_mode = force_generic_plan`
      await sql.unsafe(`prepare explained as ${string}`)
      const [row] = await sql.unsafe<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(
        `explain (analyze, format json) execute explained(${literals.join(', ')})`,
      )
      await sql.unsafe('deallocate explained')
      return flatten(row!['QUERY PLAN'][0]!.Plan)
    })

  const startedAt = Date.now() - 86_400_000
  const before = { startedAt, id: 'sess_' }
  for (const ownerId of [BUSY, 'user_7']) {
    const explained = [
      {
        name: 'the latest',
        limit: 100,
        nodes: await planOf(
          (sql) => selectPastSessions(sql, { ownerId, limit: 100 }),
          [...[FIGURES_VERSION, ownerId, 100]],
        ),
      },
      {
        name: 'those before one',
        limit: 5,
        nodes: await planOf(
          (sql) => selectPastSessions(sql, { ownerId, status: 'ended', before, limit: 5 }),
          [FIGURES_VERSION, ownerId, 'ended', new Date(startedAt).toISOString(), before.id, 5],
        ),
      },
      {
        name: 'the outlines',
        limit: 1_000,
        nodes: await planOf(
          (sql) => selectOutlines(sql, ownerId, 1_000),
          [...[FIGURES_VERSION, ownerId, 1_000]],
        ),
      },
    ]
    for (const { name, limit, nodes } of explained) {
      const of = `${name} of ${ownerId}`
      t.notOk(
        nodes.some((node) => node['Node Type'] === 'Seq Scan'),
        `${of}: nothing is scanned`,
      )
      t.ok(
        nodes.some((node) => node['Index Name'] === 'sessions_by_owner'),
        `${of}: by its index`,
      )
      for (const node of nodes) {
        const rows = node['Actual Rows'] * node['Actual Loops']
        t.ok(rows <= limit, `${of}: ${node['Node Type']} of ${rows} rows`)
      }
    }
  }
})
