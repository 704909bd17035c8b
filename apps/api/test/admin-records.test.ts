import t from 'tap'
import { createRig, dataOf } from './rig.js'

// Several APIs, one after the other.
t.setTimeout(90_000)

const TOKEN = 'an-operator-token-of-32-letters!'
const ADMIN = { authorization: `Bearer ${TOKEN}` }
const env = { ADMIN_TOKEN: TOKEN }

t.test('incidents, those that last and those that are over', async (t) => {
  const rig = await createRig(t, { env })
  const at = Date.UTC(2026, 0, 5, 9)
  const self = { id: 'api-1', kind: 'api', version: '1.2.3', commit: 'abc' } as const
  await rig.store.processes.heartbeat({ id: 'api-1', kind: 'api', info: {} })
  const detail = 'refused by db.internal:5432'
  await rig.store.incidents.record(self, [
    { code: 'BUS_LOST', detail, beganAt: at, end: { at: at + 5_000, by: 'recovery' } },
    { code: 'DATABASE_UNREACHABLE', detail, beganAt: at + 1_000, end: null },
  ])
  const list = async (query = '') =>
    dataOf<{ nextCursor: string | null; incidents: object[] }>(
      await rig.get(`/api/admin/incidents${query}`, ADMIN),
    )
  const lasting = { code: 'DATABASE_UNREACHABLE', detail, endedAt: null, endedBy: null }
  const over = { code: 'BUS_LOST', endedBy: 'recovery', durationMs: 5_000 }
  t.match(await list(), { incidents: [lasting, over], nextCursor: null })
  t.match(await list('?open=true'), { incidents: [lasting] })
  t.match(await list('?open=false'), { incidents: [over] })
  const first = await list('?limit=1')
  t.match(await list(`?limit=1&cursor=${first.nextCursor}`), { incidents: [over] })
  t.equal((await rig.get('/api/admin/incidents?cursor=eA', ADMIN)).statusCode, 400)
})

t.test('failures are counted by hour, code and route, and for anybody in sum', async (t) => {
  const rig = await createRig(t, { env })
  const id = await rig.start()
  await rig.get(`/api/session/${id}`)
  for (let times = 0; times < 3; times += 1) await rig.get('/api/session/sess_unknown')
  await rig.get('/nowhere')
  const errors = dataOf<{ hours: { failures: object[] }[] }>(
    await rig.get('/api/admin/errors', ADMIN),
  )
  t.match(errors, {
    ...{ processId: String, since: /Z$/, requests: 6, failures: { '4xx': 4, '5xx': 0 } },
    hours: [
      {
        ...{ startedAt: /:00:00\.000Z$/, requests: 6, others: 0 },
        failures: [
          { code: 'SESSION_NOT_FOUND', status: 404, method: 'GET', route: '/api/session/:id' },
          { code: 'ROUTE_NOT_FOUND', route: 'none', count: 1 },
        ],
      },
    ],
  })
  const told = await rig.get('/api/monitoring/error-stats')
  t.equal(told.statusCode, 200)
  t.match(dataOf(told), { since: /Z$/, requests: 7, failures: { '4xx': 4, '5xx': 0 } })
  t.notMatch(told.body, /SESSION_NOT_FOUND/)
})

t.test('health has the name that the web client knows', async (t) => {
  const rig = await createRig(t)
  t.equal((await rig.get('/api/monitoring/health')).statusCode, 503, 'not ready yet')
  await rig.checks.run()
  const reply = await rig.get('/api/monitoring/health')
  t.equal(reply.statusCode, 200)
  const { causes } = dataOf<{ causes: { code: string }[] }>(reply)
  const codes = causes.map(({ code }) => code)
  t.strictSame(codes, ['REALTIME_DOWN'], 'a LISTEN that is being opened is not lost')
})

t.test('an operator is served when nobody else is', async (t) => {
  const rig = await createRig(t, { env })
  rig.pressure.look({ rssBytes: rig.pressure.limitBytes * 0.99, loopDelayMs: 0 })
  t.equal((await rig.get('/api/session')).statusCode, 503)
  t.equal((await rig.get('/api/admin/processes', ADMIN)).statusCode, 200)
})
