import { HealthDocumentSchema } from '@bemore/protocol'
import t from 'tap'
import { Check } from 'typebox/value'
import { createRig, dataOf } from './rig.js'

t.test('every reply', async (t) => {
  const rig = await createRig(t)

  t.test('carries an id of ours, and the log knows the client’s', async (t) => {
    const id = await rig.start()
    const clientId = 'req_1761300000000_ab12_001'
    const reply = await rig.get(`/api/session/${id}`, { 'x-request-id': clientId })
    t.match(reply.headers['x-request-id'], /^[0-9a-f-]{36}$/)
    const line = rig.logged().find(({ requestId }) => requestId === reply.headers['x-request-id'])
    t.match(line, {
      event: 'http.request',
      clientRequestId: clientId,
      method: 'GET',
      route: '/api/session/:id',
      status: 200,
      sessionId: id.slice(0, 12),
      ms: Number,
    })
    const strange = await rig.get('/', { 'x-request-id': 'a b\u00e9' })
    const other = rig
      .logged()
      .find((logged) => logged['requestId'] === strange.headers['x-request-id'])
    t.equal(other?.['clientRequestId'], undefined)
  })

  t.test('leaves no session id, device id, token or body in the log', async (t) => {
    const { accessToken, email, password, refreshToken } = await rig.signUp()
    const secrets = { device: 'device_very_secret_1', wrong: 'tok_very_secret_2' }
    const headers = { 'x-device-id': secrets.device, authorization: `Bearer ${accessToken}` }
    const id = await rig.start({ counselorId: 'counselor_secret_3' }, headers)
    await rig.get(`/api/session/${id}/report`, headers)
    await rig.post(`/api/session/${id}/end`, headers)
    await rig.get(`/api/session/${id}x`, headers)
    await rig.get(`/api/session/${id}`, { authorization: `Bearer ${secrets.wrong}` })
    const log = JSON.stringify(rig.logged())
    t.ok(log.includes(id.slice(0, 12)))
    for (const secret of [
      ...[id, secrets.device, secrets.wrong, 'counselor_secret_3'],
      ...[accessToken, refreshToken, email, password],
    ]) {
      t.notOk(log.includes(secret), secret)
    }
  })

  t.test('forbids pages everything; /docs may run its own scripts', async (t) => {
    const { headers } = await rig.get('/api/nothing')
    t.match(headers['content-security-policy'], /default-src 'none'/)
    t.equal(headers['x-content-type-options'], 'nosniff')
    t.equal(headers['x-powered-by'], undefined)
    const docs = await rig.get('/docs/')
    t.equal(docs.statusCode, 200)
    t.match(docs.headers['content-type'], /text\/html/)
    const policy = String(docs.headers['content-security-policy'])
    t.match(policy, /script-src 'self';/)
    const scripts = [...docs.body.matchAll(/<script[^>]*src="([^"]+)"/g)].map(([, src]) =>
      String(src),
    )
    t.ok(scripts.length > 0)
    for (const src of scripts) {
      const script = await rig.get(new URL(src, 'http://host/docs/').pathname)
      t.equal(script.statusCode, 200, src)
    }
    t.notMatch(docs.body, /<script>(?!\s*<)/, 'no script that the policy would stop')
  })

  t.test('says at / what this is', async (t) => {
    t.match(dataOf(await rig.get('/')), {
      name: 'BeMore',
      version: '0.0.0-test',
      documentation: '/docs',
    })
    t.equal((await rig.app.inject({ method: 'HEAD', url: '/api/health' })).body, '')
  })
})

t.test('health', async (t) => {
  const rig = await createRig(t)
  const statuses = async () =>
    Promise.all(
      ['/livez', '/readyz', '/health', '/api/health'].map(
        async (url) => (await rig.get(url)).statusCode,
      ),
    )

  t.strictSame(await statuses(), [200, 503, 503, 503], 'not booted: alive, not ready')
  t.match((await rig.get('/health')).json(), { status: 'starting' })

  await rig.bus.ready(5_000)
  await rig.checks.run()
  t.strictSame(await statuses(), [200, 200, 200, 200])
  const degraded = (await rig.get('/health')).json()
  t.ok(Check(HealthDocumentSchema, degraded), 'of the shape that readers rely on')
  t.match(degraded, {
    status: 'degraded',
    causes: [{ code: 'REALTIME_DOWN', since: /Z$/, detail: String }],
    timestamp: /Z$/,
    uptime: Number,
    version: '0.0.0-test',
    commit: 'unknown',
    realtime: { processes: 0 },
    process: { kind: 'api' },
    memory: { rssBytes: Number, heapUsedBytes: Number, limitBytes: Number },
    loop: { delayMs: Number },
    database: { state: 'reachable', since: /Z$/ },
    bus: { state: 'listening', since: /Z$/ },
    processes: [],
  })

  const cause = { code: 'LOOP_SLOW', since: new Date().toISOString() }
  const info = {
    ...{ version: '1.2.3', commit: 'abc', status: 'degraded', causes: [cause] },
    ...{ connections: 12, sessions: 4 },
  }
  await rig.store.processes.heartbeat({ id: 'rt-1', kind: 'realtime', info })
  await rig.checks.run()
  t.match(
    dataOf(await rig.get('/api/health')),
    {
      status: 'ok',
      causes: [],
      realtime: { processes: 1 },
      processes: [{ id: 'rt-1', kind: 'realtime', stale: false, startedAt: /Z$/, ...info }],
    },
    'what a realtime process suffers from is shown, and is no fault of this one',
  )

  rig.health.markDraining()
  t.strictSame(await statuses(), [200, 503, 503, 503], 'draining: alive, not for routing')
  rig.health.markWedged('LOOP_STUCK', 'test')
  t.strictSame(await statuses(), [503, 503, 503, 503], 'wedged: to be restarted')
})

t.test('a database that lacks migrations keeps the process from getting ready', async (t) => {
  const rig = await createRig(t)
  const rename = (from: string, to: string) =>
    rig.database.query((sql) => sql`alter table ${sql(from)} rename to ${sql(to)}`)
  await rename('schema_migrations', 'hidden_migrations')
  await rig.checks.run()
  t.equal((await rig.get('/readyz')).statusCode, 503)
  const { causes } = rig.health.snapshot()
  t.ok(causes.some(({ code }) => code === 'MIGRATION_PENDING'))
  await rename('hidden_migrations', 'schema_migrations')
  await rig.checks.run()
  t.equal((await rig.get('/readyz')).statusCode, 200)
  t.notOk(rig.health.snapshot().causes.some(({ code }) => code === 'MIGRATION_PENDING'))
})
