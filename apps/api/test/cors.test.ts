import t from 'tap'
import { createOriginMatcher } from '../src/http/origin-pattern.js'
import { createRig, errorOf } from './rig.js'

const PAGE = 'http://localhost:5173'
/** What the web client puts on its calls, as a browser announces them. */
const CLIENT_HEADERS =
  'authorization,content-type,x-client-version,x-csrf-token,x-device-id,x-request-id,x-timestamp'

t.test('origin patterns', async (t) => {
  const isAllowed = createOriginMatcher([PAGE, 'https://be-more-frontend*.vercel.app'])
  for (const origin of [
    PAGE,
    'https://be-more-frontend.vercel.app',
    'https://be-more-frontend-git-main-team.vercel.app',
  ]) {
    t.ok(isAllowed(origin), origin)
  }
  for (const origin of [
    'http://localhost:5174',
    'https://localhost:5173',
    'http://be-more-frontend.vercel.app',
    'https://be-more-frontend.evil.vercel.app',
    'https://be-more-frontend.vercel.app.evil.net',
    'https://evil.net/be-more-frontend.vercel.app',
    'https://be-more-frontendXvercel.app',
    'null',
  ]) {
    t.notOk(isAllowed(origin), origin)
  }
  // Its time would be the third power of the length.
  const isListed = createOriginMatcher(['https://*-*-*.example.org'])
  t.notOk(isListed(`https://${'-'.repeat(15_000)}.evil.example`))
})

t.test('CORS', async (t) => {
  const rig = await createRig(t, { env: { RATE_LIMIT_PER_MINUTE: '60' } })
  const preflight = (url: string, method: string, origin = PAGE) =>
    rig.app.inject({
      method: 'OPTIONS',
      url,
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': CLIENT_HEADERS,
      },
    })

  t.test('lets the web client’s calls through, with the headers it really sends', async (t) => {
    for (const [method, url] of [
      ['POST', '/api/session/start'],
      ['GET', '/api/session/sess_AAAAAAAAAAAAAAAAAAAAAA/report'],
      ['PUT', '/api/user/preferences'],
    ] as const) {
      const { statusCode, headers } = await preflight(url, method)
      t.equal(statusCode, 204)
      t.equal(headers['access-control-allow-origin'], PAGE)
      t.equal(headers['access-control-max-age'], '86400')
      const methods = String(headers['access-control-allow-methods']).split(', ')
      t.strictSame(methods, ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])
      const allowed = String(headers['access-control-allow-headers']).split(', ')
      for (const name of CLIENT_HEADERS.split(',')) t.ok(allowed.includes(name), name)
    }
  })

  t.test('can be read by the page on refusals too', async (t) => {
    const headers = { origin: PAGE }
    const replies = [
      await rig.get('/api/session/nonsense', headers),
      await rig.get('/no/such/route', headers),
      await rig.app.inject({
        method: 'POST',
        url: '/api/session/start',
        headers: { ...headers, 'content-type': 'application/json' },
        payload: '{',
      }),
    ]
    t.strictSame(
      replies.map(({ statusCode }) => statusCode),
      [404, 404, 400],
    )
    for (const reply of replies) {
      t.equal(reply.headers['access-control-allow-origin'], PAGE)
      const exposed = String(reply.headers['access-control-expose-headers']).split(', ')
      for (const name of [
        'access-control-allow-origin',
        'x-request-id',
        'x-ratelimit-limit',
        'x-ratelimit-remaining',
        'x-ratelimit-reset',
      ]) {
        t.ok(exposed.includes(name), name)
      }
    }
  })

  t.test('echoes the origin to a page of this very host', async (t) => {
    const headers = { host: 'bemore.example.org', origin: 'https://bemore.example.org' }
    const reply = await rig.get('/', headers)
    t.equal(reply.headers['access-control-allow-origin'], 'https://bemore.example.org')
  })

  t.test('serves other origins without letting their pages read it', async (t) => {
    const reply = await rig.get('/', { origin: 'https://evil.example.net' })
    t.equal(reply.statusCode, 200)
    t.equal(reply.headers['access-control-allow-origin'], undefined)
    t.match(reply.headers.vary, /Origin/)
    const refused = await preflight('/api/session/start', 'POST', 'https://evil.example.net')
    t.equal(refused.statusCode, 403)
    t.equal(errorOf(refused).code, 'ORIGIN_NOT_ALLOWED')
    t.equal(refused.headers['access-control-allow-origin'], undefined)
  })

  t.test('preflights cost nothing of the rate limit, and 429 can be read', async (t) => {
    const call = () => rig.get('/api/session', { origin: PAGE })
    const left = Number((await call()).headers['x-ratelimit-remaining'])
    await preflight('/api/session', 'GET')
    t.equal(Number((await call()).headers['x-ratelimit-remaining']), left - 1)
    for (let count = 1; count < left; count += 1) await call()
    const limited = await call()
    t.equal(limited.statusCode, 429)
    t.equal(errorOf(limited).code, 'RATE_LIMITED')
    t.equal(limited.headers['access-control-allow-origin'], PAGE)
    t.ok(Number(limited.headers['retry-after']) > 0)
    t.equal((await preflight('/api/session', 'GET')).statusCode, 204)
    for (const probe of ['/health', '/livez', '/readyz', '/api/health', '/']) {
      t.not((await rig.get(probe)).statusCode, 429, probe)
    }
    t.equal((await rig.get('/no/such/route')).statusCode, 429, 'guessing routes counts as well')
  })
})
