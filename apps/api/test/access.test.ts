import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Fastify from 'fastify'
import t from 'tap'
import { accessPlugin } from '../src/plugins/access.js'
import { rateLimitPlugin } from '../src/plugins/rate-limit.js'
import { type AccessRow, type Answer, measureAccess, renderAccessTable } from './access-table.js'
import { createRig, dataOf, errorOf } from './rig.js'

/** A page and a PDF for each caller among them. */
t.setTimeout(180_000)

const PAGE = join(fileURLToPath(import.meta.url), '../../../../../docs/security.md')

t.test('every route answers nobody, another user and the owner as it says', async (t) => {
  const table = await measureAccess(t)
  const isRefused = ({ status }: Answer) => status === 401 || status === 403
  const name = ({ method, url }: AccessRow) => `${method} ${url}`
  t.ok(table.rows.length > 40, `${table.rows.length} routes`)
  for (const row of table.rows) {
    const { anonymous, stranger, owner, access } = row
    for (const answer of [anonymous, stranger, owner]) t.not(answer.status, 500, name(row))
    if (access === 'session' || access === 'session-in-body') {
      t.same(anonymous, { status: 401, code: 'AUTH_REQUIRED' }, name(row))
      t.same(stranger, { status: 403, code: 'SESSION_NOT_YOURS' }, name(row))
      t.notOk(isRefused(owner), name(row))
    } else if (access === 'user') {
      t.same(anonymous, { status: 401, code: 'AUTH_REQUIRED' }, name(row))
      t.ok(stranger.status < 300 && owner.status < 300, `${name(row)}: each to their own`)
    } else if (access === 'admin' || access === 'metrics') {
      for (const answer of [anonymous, stranger, owner]) t.equal(answer.status, 401, name(row))
    } else {
      for (const answer of [anonymous, stranger, owner]) t.notOk(isRefused(answer), name(row))
    }
  }
  for (const row of table.unowned) {
    const { anonymous, stranger, owner } = row
    for (const answer of [anonymous, stranger, owner]) t.notOk(isRefused(answer), name(row))
  }
  t.ok(table.operated.length > 5)
  for (const { route, operator } of table.operated) {
    t.notOk(isRefused(operator), `${route.method} ${route.url} is open to operators`)
  }
  const written = readFileSync(PAGE, 'utf8')
  t.ok(
    written.includes(renderAccessTable(table)),
    'docs/security.md is stale: run `npm run docs:api` and commit it',
  )
})

t.test('a route that does not say who may call it keeps the process from starting', async (t) => {
  const app = Fastify()
  await app.register(rateLimitPlugin, { perMinute: 10 })
  const nothing = {} as never
  await app.register(accessPlugin, {
    ...{ callers: nothing, owners: nothing, authRequired: false },
    ...{ mayReadMetrics: () => false, mayAdminister: () => false },
  })
  t.throws(() => app.get('/forgotten', async () => 'secret'), /does not say who may call it/)
})

t.test('with AUTH_REQUIRED nothing is begun by nobody', async (t) => {
  const rig = await createRig(t, { env: { AUTH_REQUIRED: 'yes' } })
  const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
    rig.app.inject({ method: 'POST', url, payload, headers })
  const starters = rig.app.guardedRoutes.filter(({ access }) => access === 'starter')
  t.same(starters.map(({ url }) => url).sort(), [
    '/api/emotion',
    '/api/session/start',
    '/api/stt/transcribe',
  ])
  t.equal(errorOf(await post('/api/session/start', {})).code, 'AUTH_REQUIRED')
  t.equal(errorOf(await post('/api/stt/transcribe', {})).code, 'AUTH_REQUIRED')
  t.equal(errorOf(await post('/api/emotion', { text: 'I had a good day' })).code, 'AUTH_REQUIRED')
  const cry = dataOf<{ risk: object | null }>(await post('/api/emotion', { text: 'I want to die' }))
  t.ok(cry.risk, 'but a cry for help is heard from anybody')
  const { headers } = await rig.signUp()
  t.equal((await post('/api/session/start', {}, headers)).statusCode, 201)
})

t.test('a cry for help in somebody else’s session is answered, and not stored', async (t) => {
  const rig = await createRig(t)
  const { headers } = await rig.signUp()
  const id = await rig.start({}, headers)
  const say = (text: string, as: Record<string, string> = {}) =>
    rig.app.inject({
      ...{ method: 'POST', url: `/api/session/${id}/utterances`, payload: { text } },
      headers: as,
    })
  t.ok(dataOf<{ risk: object | null }>(await say('죽고 싶어요')).risk)
  t.equal(errorOf(await say('오늘은 산책했어요')).code, 'AUTH_REQUIRED')
  t.equal(
    errorOf(await say('오늘은 산책했어요', { authorization: 'Bearer x' })).code,
    'TOKEN_INVALID',
  )
  const types = (await rig.store.log.read(id, 0)).map(({ type }) => type)
  t.notOk(types.includes('risk.flagged') || types.includes('text.utterance'))
})

t.test('sessions belong to whoever’s token started them', async (t) => {
  const rig = await createRig(t)
  const [jimin, other] = [await rig.signUp(), await rig.signUp()]
  const device = { 'x-device-id': 'device_shared_by_two' }
  const body = { userId: other.userId, counselorId: 'ai_counselor_001' }
  const mine = await rig.start(body, { ...jimin.headers, ...device })
  const nobodys = await rig.start(body, device)
  t.not(mine, nobodys, 'a shared browser')
  const list = async (headers: Record<string, string>) =>
    dataOf<{ sessions: { sessionId: string }[] }>(
      await rig.get('/api/session', headers),
    ).sessions.map(({ sessionId }) => sessionId)
  t.same(await list({ ...jimin.headers, ...device }), [mine])
  t.same(await list(device), [nobodys], 'a device tells nothing of who is signed in on it')
  t.same(await list(other.headers), [])
  t.equal((await rig.get(`/api/session/${nobodys}`, other.headers)).statusCode, 200)

  const key = { 'idempotency-key': 'one-start', ...jimin.headers }
  t.equal(await rig.start({}, key), await rig.start({}, key))
  t.not(await rig.start({}, key), await rig.start({}, { ...key, ...other.headers }))
})
