import { createEvent } from '@bemore/core'
import t from 'tap'
import { createRig, createRigToCut, dataOf, errorOf, type Rig, until } from './rig.js'

// Several APIs, one after the other.
t.setTimeout(90_000)

const TOKEN = 'an-operator-token-of-32-letters!'
const ADMIN = { authorization: `Bearer ${TOKEN}` }
const env = { ADMIN_TOKEN: TOKEN }

interface Page {
  readonly nextCursor: string | null
}
interface Sessions extends Page {
  readonly sessions: { session: string; status: string; openChannels: object[] }[]
}

const ROUTES = [
  ['GET', '/api/admin/sessions'],
  ['GET', '/api/admin/processes'],
  ['GET', '/api/admin/incidents'],
  ['GET', '/api/admin/errors'],
  ['GET', '/api/admin/audit'],
  ['POST', '/api/admin/processes/p1/drain'],
] as const

const audited = async ({ store }: Rig) => store.audit.list({ limit: 100 })

t.test('the operator’s API is closed', async (t) => {
  const open = await createRig(t, { env })
  const closed = await createRig(t)

  for (const [method, url] of ROUTES) {
    t.test(`${method} ${url}`, async (t) => {
      const ask = async (rig: Rig, authorization?: string) => {
        const headers = { ...(authorization !== undefined && { authorization }) }
        return rig.app.inject({ method, url, headers })
      }
      for (const [rig, authorization] of [
        [open, undefined],
        [open, 'Bearer wrong'],
        [open, `Basic ${TOKEN}`],
        [closed, undefined],
        [closed, 'Bearer '],
        [closed, `Bearer ${TOKEN}`],
      ] as const) {
        const reply = await ask(rig, authorization)
        t.equal(reply.statusCode, 401, `${authorization}`)
        t.match(errorOf(reply), { code: 'ADMIN_CLOSED', message: /ADMIN_TOKEN/ })
        t.equal(reply.headers['www-authenticate'], 'Bearer')
      }
      t.not((await ask(open, `Bearer ${TOKEN}`)).statusCode, 401)
    })
  }

  t.test('and what was refused is in the audit log, without the token', async (t) => {
    const reply = await open.get('/api/admin/sessions', { authorization: 'Bearer guess-1' })
    const requestId = reply.headers['x-request-id']
    await until('the record', async () =>
      (await audited(open)).some((record) => record.requestId === requestId),
    )
    const record = (await audited(open)).find((each) => each.requestId === requestId)
    t.match(record, {
      ...{ actor: 'anonymous', action: 'admin.call', outcome: 'refused' },
      subject: 'GET /api/admin/sessions',
    })
    t.notMatch(JSON.stringify(await audited(open)), /guess-1/)
  })
})

t.test('who tries tokens is limited like any caller, and does not fill the database', async (t) => {
  const rig = await createRig(t, { env: { ...env, RATE_LIMIT_PER_MINUTE: '100' } })
  const statuses: number[] = []
  for (let tries = 0; tries < 110; tries += 1) {
    statuses.push((await rig.get('/api/admin/errors', { authorization: 'Bearer x' })).statusCode)
  }
  t.equal(statuses.filter((status) => status === 401).length, 100)
  t.equal(statuses.at(-1), 429)
  await until('those at once', async () => (await audited(rig)).length >= 60)
  t.ok((await audited(rig)).length < 90, 'and few more')
})

t.test('sessions of everybody, without what would open them', async (t) => {
  const rig = await createRig(t, { env: { ...env, START_DEDUPE_MS: '1' } })
  const ids = [await rig.start(), await rig.start(), await rig.start()]
  const [ended = '', served = ''] = ids
  await rig.post(`/api/session/${ended}/end`)
  const channel = { channel: 'voice', connectionId: 'c1', processId: 'rt-1' } as const
  await rig.store.log.transact(served, 'rt', () => [
    createEvent('channel.opened', Date.now(), channel),
  ])
  const read = async (query: string) => {
    const reply = await rig.get(`/api/admin/sessions${query}`, ADMIN)
    for (const id of ids) t.notOk(reply.body.includes(id), 'no whole id')
    const page = dataOf<Sessions>(reply)
    const cursor = Buffer.from(page.nextCursor ?? '', 'base64url').toString()
    for (const id of ids) t.notOk(cursor.includes(id), 'not in the cursor either')
    return page
  }
  const live = await read('')
  t.equal(live.sessions.length, 2)
  t.match(
    live.sessions.find(({ session }) => session === served.slice(0, 12)),
    {
      ...{ ownerId: null, status: 'active', language: 'en', startedAt: /Z$/, durationMs: Number },
      openChannels: [{ channel: 'voice', processId: 'rt-1', openedAt: /Z$/ }],
    },
  )
  const seen: string[] = []
  let cursor = ''
  for (let pages = 0; pages < 3; pages += 1) {
    const page = await read(`?status=all&limit=1${cursor && `&cursor=${cursor}`}`)
    seen.push(...page.sessions.map(({ session }) => session))
    cursor = page.nextCursor ?? ''
  }
  t.strictSame([...seen].sort(), ids.map((id) => id.slice(0, 12)).sort())
  t.equal(cursor, '')
  t.match((await audited(rig))[0], { actor: 'admin', action: 'sessions.list', subject: 'all' })
  for (const query of ['limit=0', 'limit=201', 'cursor=x', 'status=ended']) {
    t.equal((await rig.get(`/api/admin/sessions?${query}`, ADMIN)).statusCode, 400, query)
  }
})

t.test('processes, and the wish that one should go', async (t) => {
  const rig = await createRig(t, { env })
  const info = { version: '1.2.3', commit: 'abc', status: 'degraded', connections: 3 }
  const causes = [{ code: 'BUS_LOST', since: '2026-01-05T09:30:00.000Z' }]
  await rig.store.processes.heartbeat({ id: 'rt-1', kind: 'realtime', info: { ...info, causes } })
  const list = async () => dataOf<object>(await rig.get('/api/admin/processes', ADMIN))
  t.match(await list(), {
    answeredBy: String,
    processes: [{ id: 'rt-1', ...info, causes, stale: false, drainRequestedAt: null }],
  })

  const drain = (id: string) => rig.post(`/api/admin/processes/${id}/drain`, ADMIN)
  const first = await drain('rt-1')
  t.equal(first.statusCode, 202)
  t.match(dataOf(first), { processId: 'rt-1', drainRequestedAt: /Z$/ })
  t.strictSame(dataOf(await drain('rt-1')), dataOf(first), 'repeating it is no error')
  const { drainRequestedAt } = dataOf<{ drainRequestedAt: string }>(first)
  t.match(await list(), { processes: [{ id: 'rt-1', drainRequestedAt }] })
  const beat = await rig.store.processes.heartbeat({ id: 'rt-1', kind: 'realtime', info })
  t.equal(beat.drainRequested, true)

  for (const id of ['rt-2', '%00', "'", 'x'.repeat(100)]) {
    const reply = await drain(id)
    t.equal(reply.statusCode, 404, id)
    t.equal(errorOf(reply).code, 'PROCESS_NOT_FOUND')
  }
  t.match((await audited(rig)).reverse(), [
    { actor: 'admin', action: 'process.drain', subject: 'rt-1', outcome: 'ok' },
    { action: 'process.drain', subject: 'rt-1', outcome: 'ok' },
    { action: 'process.drain', subject: 'rt-2', outcome: 'refused' },
    { action: 'process.drain', subject: null, outcome: 'refused' },
    {},
    {},
  ])
})

t.test('what cannot be written into the audit log is loud, and undoes nothing', async (t) => {
  const rig = await createRig(t, { env })
  await rig.store.processes.heartbeat({ id: 'rt-1', kind: 'realtime', info: {} })
  await rig.database.query((sql) => sql`alter table audit_log rename to elsewhere`)
  const reply = await rig.post('/api/admin/processes/rt-1/drain', ADMIN)
  t.equal(reply.statusCode, 202)
  t.match(
    rig.logged().find(({ event }) => event === 'audit.not_written'),
    { level: 'error', action: 'process.drain', subject: 'rt-1', actor: 'admin' },
  )
})

t.test(
  'without a database the operator is told so, and what failed is still counted',
  async (t) => {
    const { rig, proxy, cut } = await createRigToCut(t, env)
    await cut()
    for (const [method, url] of ROUTES) {
      const reply = await rig.app.inject({ method, url, headers: ADMIN })
      t.equal(reply.statusCode, url.endsWith('errors') ? 200 : 503, url)
    }
    await proxy.accept()
    await until('it to be back', async () => {
      return (await rig.get('/api/admin/audit', ADMIN)).statusCode === 200
    })
  },
)
