import { createEvent } from '@bemore/core'
import t from 'tap'
import { selectSessionOverview } from '../src/sessions/session-overview.js'
import { openStore, startSession } from './test-store.js'

t.test('sessions as an operator sees them', async (t) => {
  const { store } = await openStore(t)
  const now = Date.now()
  const [first, second, third] = [
    await startSession(store, now - 3_000),
    await startSession(store, now - 2_000),
    await startSession(store, now - 1_000),
  ]
  const channel = { channel: 'voice', connectionId: 'c1', processId: 'rt-1' } as const
  await store.log.transact(second.id, 'p', () => [createEvent('channel.opened', now, channel)])
  await store.log.transact(third.id, 'q', () => [
    createEvent('session.ended', now, { reason: 'client' }),
  ])

  const live = await store.sessions.overview({ live: true, limit: 10 })
  t.match(live, [
    { id: second.id, channels: [{ channel: 'voice', processId: 'rt-1', openedAt: now }] },
    { id: first.id, channels: [], status: 'active', endedAt: null, ownerId: null, language: 'ko' },
  ])
  t.equal(live.length, 2)
  t.match(await store.sessions.overview({ live: false, limit: 1 }), [{ id: third.id }])
  const before = { startedAt: second.startedAt, id: second.id.slice(0, 12) }
  t.match(
    await store.sessions.overview({ live: true, limit: 10, before }),
    [{ id: first.id }],
    'the beginning of an id is enough to go on from',
  )
})

t.test('among 100,000 sessions the live ones are found by an index', async (t) => {
  const { database, direct } = await openStore(t)
  await direct`
    insert into sessions (id, status, language, started_at, ended_at, last_active_at)
    select 'sess_' || lpad(n::text, 22, '0'),
           case when n % 1000 = 0 then 'active' else 'ended' end, 'ko',
           now() - n * interval '1 minute',
           case when n % 1000 = 0 then null else now() end, now()
      from generate_series(1, 100000) as n`
  await direct`analyze sessions`

  const planOf = async (live: boolean, before?: { startedAt: number; id: string }) => {
    const filter = { live, limit: 51, ...(before !== undefined && { before }) }
    const rows = await database.query(
      (sql) =>
        sql<{ 'QUERY PLAN': string }[]>`explain (analyze) ${selectSessionOverview(sql, filter)}`,
    )
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }
  const before = { startedAt: Date.now() - 60_000 * 50_000, id: 'sess_0000000' }
  for (const [live, position] of [[true], [true, before], [false], [false, before]] as const) {
    const plan = await planOf(live, position)
    t.match(plan, live ? /sessions_live/ : /sessions_by_start/, plan)
    t.notMatch(plan, /Seq Scan on sessions|Sort Key: s\./)
  }
})
