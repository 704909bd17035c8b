import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { createDemoClient, RestError } from '../src/demo/demo-client.js'
import { findFreePort } from '../src/up/ports.js'

interface Reply {
  readonly status: number
  readonly body: unknown
  readonly headers?: Record<string, string>
}

async function startApi(test: { teardown(fn: () => unknown): void }, replies: Reply[]) {
  const seen: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = []
  const server = createServer(({ method, url, headers }, response) => {
    seen.push({ method, url, headers })
    const reply = replies.shift() ?? { status: 500, body: {} }
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
    response.end(JSON.stringify(reply.body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

function clientOf(baseUrl: string, patienceMs = 10_000) {
  const retried: string[] = []
  const client = createDemoClient({
    baseUrl,
    patienceMs,
    random: () => 0,
    onRetry: (call, problem) => retried.push(`${call}: ${problem}`),
  })
  return { client, retried }
}

const started: Reply = { status: 201, body: { success: true, data: { sessionId: 'sess_1' } } }
const unavailable: Reply = { status: 503, body: { success: false, error: { code: 'DRAINING' } } }

t.test('start is repeated under one key until the API is there', async (t) => {
  const { baseUrl, seen } = await startApi(t, [unavailable, started])
  const { client, retried } = clientOf(baseUrl)
  t.same(await client.start('ko'), { sessionId: 'sess_1', subprotocols: [] })
  t.same(retried, ['POST /api/session/start: 503'])
  const [first, second] = seen.map(({ headers }) => headers)
  t.ok(first?.['idempotency-key'])
  t.equal(first?.['idempotency-key'], second?.['idempotency-key'])
  t.ok(first?.['x-device-id'])
})

t.test('where only the signed-in may start, an account is signed up, and left', async (t) => {
  const refused: Reply = { status: 401, body: { success: false, error: { code: 'AUTH_REQUIRED' } } }
  const done = (data: object): Reply => ({ status: 200, body: { success: true, data } })
  const signedIn = done({ accessToken: 'a.b.c' })
  const { baseUrl, seen } = await startApi(t, [refused, done({}), signedIn, started, done({})])
  const { client } = clientOf(baseUrl)
  const { subprotocols } = await client.start('ko')
  t.same(subprotocols, ['bemore.v1', 'bemore.token.a.b.c'])
  t.equal(client.reportUrl('sess_1'), null)
  await client.leave()
  await client.leave()
  t.same(
    seen.map(({ method, url }) => `${method} ${url}`),
    [
      'POST /api/session/start',
      'POST /api/auth/signup',
      'POST /api/auth/login',
      'POST /api/session/start',
      'DELETE /api/auth/account',
    ],
  )
  t.same(
    seen.slice(3).map(({ headers }) => headers.authorization),
    ['Bearer a.b.c', 'Bearer a.b.c'],
  )
})

t.test('commands carry neither body nor content type, as those of the web client', async (t) => {
  const ok: Reply = { status: 200, body: { success: true, data: {} } }
  const { baseUrl, seen } = await startApi(t, [ok, ok])
  const { client } = clientOf(baseUrl)
  await client.pause('sess_1')
  await client.end('sess_1')
  t.match(seen, [
    { method: 'POST', url: '/api/session/sess_1/pause' },
    { method: 'POST', url: '/api/session/sess_1/end' },
  ])
  t.notOk(seen.some(({ headers }) => 'content-type' in headers))
})

t.test('a refusal is told in its own words and not repeated', async (t) => {
  const error = { code: 'SESSION_ENDED', message: 'The session has ended.' }
  const { baseUrl, seen } = await startApi(t, [{ status: 409, body: { success: false, error } }])
  const { client } = clientOf(baseUrl)
  const refusal = await client.pause('sess_1').catch((problem: unknown) => problem)
  t.type(refusal, RestError)
  t.match(refusal, { status: 409, code: 'SESSION_ENDED', message: /The session has ended/ })
  t.equal(seen.length, 1)
})

t.test('patience has an end', async (t) => {
  const { client, retried } = clientOf(`http://127.0.0.1:${await findFreePort('127.0.0.1')}`, 400)
  await t.rejects(client.report('sess_1'), {
    message: /GET \/api\/session\/sess_1\/report did not succeed within 0.4 s: ECONNREFUSED/,
  })
  t.equal(retried.length, 1)
})

t.test('health is a word, or nothing', async (t) => {
  const { baseUrl } = await startApi(t, [{ status: 200, body: { status: 'degraded' } }])
  t.equal(await clientOf(baseUrl).client.health(), 'degraded')
  const nobody = clientOf(`http://127.0.0.1:${await findFreePort('127.0.0.1')}`)
  t.equal(await nobody.client.health(), null)
})

t.test('a page that this server does not have is none', async (t) => {
  const { baseUrl } = await startApi(t, [{ status: 404, body: { success: false } }])
  t.equal(await clientOf(baseUrl).client.reportPage('sess_1'), null)
})

t.test('what is no envelope is read as it is', async (t) => {
  const { baseUrl } = await startApi(t, [{ status: 200, body: { events: [] } }])
  t.equal(await clientOf(baseUrl).client.exported('sess_1'), '{"events":[]}')
})
