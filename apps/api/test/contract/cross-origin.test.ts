import t from 'tap'
import { createRig, createRigToCut, errorOf } from '../rig.js'

/**
 * The page of the existing web client and the API have two origins. Each of its calls is preflighted,
 * and whatever it cannot read it takes for a broken network, and tries again.
 */
const ORIGINS = [
  'http://localhost:5173',
  'http://localhost:4173',
  'https://be-more-frontend.vercel.app',
  'https://be-more-frontend-xyz.vercel.app',
]
const SENT = ['content-type', 'authorization', 'x-request-id', 'x-client-version', 'x-device-id']
const ASKED = [...SENT, 'x-timestamp', 'x-csrf-token'].sort().join(',')
const READ = [
  'access-control-allow-origin',
  'x-request-id',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
]
const CALLS = [
  ['POST', '/api/auth/login'],
  ['POST', '/api/auth/refresh'],
  ['GET', '/api/auth/me'],
  ['PUT', '/api/user/preferences'],
  ['GET', '/api/dashboard/summary'],
  ['POST', '/api/session/start'],
  ['POST', '/api/session/sess_AAAAAAAAAAAAAAAAAAAAAA/end'],
  ['GET', '/api/session/sess_AAAAAAAAAAAAAAAAAAAAAA/report/csv?kind=vad'],
  ['HEAD', '/api/health'],
] as const
const [PAGE = ''] = ORIGINS

const listOf = (header: unknown) => String(header).split(/, */)
const json = { 'content-type': 'application/json' }

t.test(
  'every call of the client is allowed to each of its origins, and that is remembered',
  async (t) => {
    const rig = await createRig(t)
    for (const origin of ORIGINS) {
      for (const [method, url] of CALLS) {
        const { statusCode, headers } = await rig.app.inject({
          method: 'OPTIONS',
          url,
          headers: {
            origin,
            'access-control-request-method': method,
            'access-control-request-headers': ASKED,
          },
        })
        const what = `${method} ${url} from ${origin}`
        t.equal(statusCode, 204, what)
        t.equal(headers['access-control-allow-origin'], origin, what)
        t.ok(listOf(headers['access-control-allow-methods']).includes(method), what)
        const allowed = listOf(headers['access-control-allow-headers'])
        for (const name of ASKED.split(',')) t.ok(allowed.includes(name), `${what}: ${name}`)
        t.ok(Number(headers['access-control-max-age']) >= 7_200, 'as long as a browser keeps it')
        t.equal(headers['access-control-allow-credentials'], undefined, 'there are no cookies')
      }
    }
  },
)

t.test('refusals can be read by the page, and so can what they say of limits', async (t) => {
  const env = { RATE_LIMIT_PER_MINUTE: '30', AUTH_REQUESTS_PER_MINUTE: '2' }
  const rig = await createRig(t, { env })
  const send = (method: 'GET' | 'POST' | 'PUT', url: string, headers = {}, payload?: string) =>
    rig.app.inject({
      method,
      url,
      headers: { origin: PAGE, ...headers },
      ...(payload !== undefined && { payload }),
    })
  const login = () =>
    send('POST', '/api/auth/login', json, '{"email":"nobody@example.com","password":"nothing"}')
  const owned = await rig.start({}, (await rig.signUp()).headers)
  const token = { authorization: 'Bearer garbage' }
  const refusals = [
    [400, await send('POST', '/api/session/start', json, '{')],
    [401, await send('GET', '/api/auth/me', token)],
    [401, await send('GET', `/api/session/${owned}/report`)],
    [403, await send('GET', `/api/session/${owned}/report`, (await rig.signUp()).headers)],
    [404, await send('GET', '/api/session/none/report')],
    [404, await send('GET', '/api/no/such/route')],
    [413, await send('POST', '/api/session/start', json, `"${'a'.repeat(300_000)}"`)],
    [415, await send('POST', '/api/session/start', { 'content-type': 'text/csv' }, 'a,b')],
    [429, await login().then(login).then(login)],
  ] as const
  for (const [status, reply] of refusals) {
    t.equal(reply.statusCode, status)
    t.match(errorOf(reply), { code: /^[A-Z_]+$/, message: /\S/ })
    t.equal(reply.headers['access-control-allow-origin'], PAGE, `${status}`)
    const exposed = listOf(reply.headers['access-control-expose-headers'])
    for (const name of READ) t.ok(exposed.includes(name), `${status}: ${name}`)
    t.match(reply.headers['x-request-id'], /\S/)
  }
})

t.test('so can failures of ours', async (t) => {
  const { rig, cut } = await createRigToCut(t)
  await cut()
  for (const [method, url] of [
    ['POST', '/api/session/start'],
    ['GET', '/api/session/sess_AAAAAAAAAAAAAAAAAAAAAA/summary'],
    ['GET', '/api/session/sess_AAAAAAAAAAAAAAAAAAAAAA/report'],
  ] as const) {
    const reply = await rig.app.inject({ method, url, headers: { origin: PAGE } })
    t.equal(reply.statusCode, 503, url)
    t.equal(reply.headers['access-control-allow-origin'], PAGE, url)
    const exposed = listOf(reply.headers['access-control-expose-headers'])
    t.ok(exposed.includes('access-control-allow-origin'), url)
  }
})
