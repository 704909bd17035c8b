import { once } from 'node:events'
import { createTestDatabase } from '@bemore/testing'
import t from 'tap'
import { WebSocket } from 'ws'
import { type ServerProcess, startTwoProcesses } from './fixtures/two-processes.js'

/** Each would be a leak: a credential, a capability, or something about a person. */
const SECRETS = {
  webhookPath: 'hook-5e7c1a',
  metricsToken: 'scrape-77ab12',
  adminToken: 'operator-90c4d1-of-enough-letters',
  bearer: 'bearer-c3b1f2',
  cookie: 'cookie-1a2b3c',
  socketToken: 'eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl',
  deviceId: 'device-5f4e3d2c',
  idempotencyKey: 'idem-8d7c6b5a',
  counselor: 'counselor-4c3b2a',
  badBody: 'utterance-of-a-person',
  query: 'query-9e8d7c',
  landmark: '0.123456789',
} as const

t.test('at trace, no line of either process has what nobody may read', async (t) => {
  const { url: databaseUrl } = await createTestDatabase(t)
  const databasePassword = new URL(databaseUrl).password
  t.ok(databasePassword.length > 8, 'there is a password to leak')
  const { api, realtime } = await startTwoProcesses(t, {
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'trace',
    METRICS_TOKEN: SECRETS.metricsToken,
    ADMIN_TOKEN: SECRETS.adminToken,
    ALERT_WEBHOOK_URL: `http://127.0.0.1:9/services/${SECRETS.webhookPath}`,
    ALERT_AFTER_MS: '0',
  })
  const headers = {
    cookie: `session=${SECRETS.cookie}`,
    'x-device-id': SECRETS.deviceId,
    'x-request-id': 'req_from-the-client_1',
  }
  const stranger = { ...headers, authorization: `Bearer ${SECRETS.bearer}` }
  const post = (path: string, body: string, more: Record<string, string> = {}) =>
    fetch(`${api.url}${path}`, {
      ...{ method: 'POST', body },
      headers: { 'content-type': 'application/json', ...headers, ...more },
    })
  const key = { 'idempotency-key': SECRETS.idempotencyKey }
  const wish = JSON.stringify({ counselorId: SECRETS.counselor })
  const started = await post('/api/session/start', wish, key)
  const { data } = (await started.json()) as { data: { sessionId: string } }
  const { sessionId } = data

  // What goes wrong is where logs get talkative.
  t.equal((await post('/api/session/start', wish, stranger)).status, 401)
  const other = JSON.stringify({ counselorId: `${SECRETS.counselor}2` })
  t.equal((await post('/api/session/start', other, key)).status, 422)
  t.equal((await post('/api/session/start', `{"say":"${SECRETS.badBody}`)).status, 400)
  t.equal((await post('/api/session/start', `["${SECRETS.badBody}"]`)).status, 400)
  t.equal((await post(`/api/${sessionId}?q=${SECRETS.query}`, '{}')).status, 404)
  t.equal((await fetch(`${api.url}/%zz${SECRETS.query}`, { headers: stranger })).status, 404)
  t.equal((await fetch(`${api.url}/metrics`, { headers: stranger })).status, 401)
  t.equal((await fetch(`${realtime.url}/metrics`, { headers: stranger })).status, 401)

  const admin = { authorization: `Bearer ${SECRETS.adminToken}` }
  t.equal((await fetch(`${api.url}/api/admin/sessions`, { headers: admin })).status, 200)
  t.equal((await fetch(`${api.url}/api/admin/sessions`, { headers: stranger })).status, 401)

  const open = async (base: string, scope: string, id: string): Promise<WebSocket | null> => {
    const token = `bemore.token.${SECRETS.socketToken}`
    const url = `${base.replace('http', 'ws')}/ws/${scope}/${id}?token=${SECRETS.query}`
    const socket = new WebSocket(url, ['bemore.v1', token], { headers: stranger })
    t.teardown(() => socket.terminate())
    const outcome = await Promise.race([
      once(socket, 'open'),
      once(socket, 'unexpected-response').then(() => null),
    ])
    return outcome === null ? null : socket
  }
  for (const base of [realtime.url, api.url]) {
    const camera = await open(base, 'landmarks', sessionId)
    t.ok(camera, `a socket at ${base}`)
    const point = { x: Number(SECRETS.landmark), y: 0.5, z: 0 }
    const data = Array.from({ length: 478 }, () => point)
    camera?.send(JSON.stringify({ type: 'landmarks', data, timestamp: Date.now() }))
    camera?.send(JSON.stringify({ type: 'landmarks', data: data.slice(1), timestamp: 1 }))
    camera?.send(`{"type":"${SECRETS.badBody}"}`)
    camera?.send(SECRETS.badBody)
    camera?.send('{"type":"ping"}')
    if (camera) {
      await new Promise<void>((resolve) => {
        camera.on('message', (message) => {
          if (String(message).includes('"pong"')) resolve()
        })
      })
      camera.close(1000, SECRETS.badBody)
      await once(camera, 'close')
    }
  }
  const unknownId = `sess_${'x'.repeat(22)}`
  t.equal(await open(realtime.url, 'voice', unknownId), null)
  t.equal((await post(`/api/session/${sessionId}/end`, '{}')).status, 200)
  t.equal((await fetch(`${api.url}/api/session/${sessionId}/report`, { headers })).status, 200)
  t.same(await Promise.all([api.stop(), realtime.stop()]), [0, 0])

  const secrets = { ...SECRETS, databasePassword, sessionId, unknownId }
  for (const server of [api, realtime]) {
    for (const [name, secret] of Object.entries(secrets)) {
      t.notOk(server.output().includes(secret), `the ${name} is in no line`)
    }
    // The log is stdout; on stderr the native WebSocket engine complains in its own words.
    const lines = server.stdout().trimEnd().split('\n')
    t.ok(lines.length > 5, 'it does log')
    const nameless = lines.filter((line) => !/^[a-z]+(\.[a-z_]+)*$/.test(eventOf(line)))
    t.same(nameless, [], 'every line is JSON with an event')
  }

  const access = linesOf(api, 'http.request').find(
    (line) => line['route'] === '/api/session/:id/end',
  )
  t.match(access, {
    requestId: /^[0-9a-f-]{36}$/,
    clientRequestId: 'req_from-the-client_1',
    sessionId: sessionId.slice(0, 12),
  })
  for (const event of ['socket.opened', 'socket.closed']) {
    const lines = linesOf(realtime, event)
    t.equal(lines.length, 2, event)
    for (const line of lines) {
      t.match(line, { session: sessionId.slice(0, 12), connection: /^[0-9a-f]{8}$/ })
    }
  }
})

function eventOf(line: string): string {
  try {
    return String((JSON.parse(line) as { event?: unknown }).event)
  } catch {
    return `no JSON: ${line}`
  }
}

function linesOf(server: ServerProcess, event: string): Record<string, unknown>[] {
  return server
    .stdout()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line['event'] === event)
}
