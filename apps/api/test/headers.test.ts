import t from 'tap'
import { createRig } from './rig.js'

/** What each kind of reply carries, as docs/security.md tells it. */
t.test('headers', async (t) => {
  const rig = await createRig(t)
  await rig.bus.ready(5_000)
  await rig.checks.run()
  const { headers } = await rig.signUp()
  const id = await rig.start({}, headers)
  const always = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': String,
    'referrer-policy': 'no-referrer',
    'strict-transport-security': /max-age/,
    'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
    'x-request-id': /^[0-9a-f-]{36}$/,
  }
  const kinds: Readonly<Record<string, readonly [string, number, object]>> = {
    'what a session says': [`/api/session/${id}`, 200, { 'cache-control': 'no-store' }],
    'a failure': ['/api/session/none', 404, { 'cache-control': 'no-store' }],
    'no such route': ['/api/nothing', 404, { 'cache-control': 'no-store' }],
    'an export': [
      `/api/session/${id}/export`,
      200,
      {
        'cache-control': 'no-store',
        'content-disposition': `attachment; filename="bemore-${id}.json"`,
      },
    ],
    'a report': [
      `/api/session/${id}/report`,
      200,
      { 'cache-control': 'private, no-cache', etag: String, vary: /Origin/ },
    ],
    'its page': [`/api/session/${id}/report.html`, 200, { 'cache-control': 'private, no-cache' }],
    'a page of the documentation': ['/docs/errors', 200, { 'cache-control': /^public/ }],
  }
  for (const [kind, [url, status, own]] of Object.entries(kinds)) {
    const reply = await rig.get(url, headers)
    t.equal(reply.statusCode, status, kind)
    t.match(reply.headers, { ...always, ...own }, kind)
    t.notOk(reply.headers['set-cookie'] ?? reply.headers['x-powered-by'], `${kind}: nothing else`)
  }
  const refused = await rig.get('/api/auth/me')
  t.match(refused.headers, { ...always, 'www-authenticate': 'Bearer' })
  const unreadable = await rig.get('/%ff')
  t.match(unreadable.headers, { 'x-request-id': String, 'content-type': /^application\/json/ })

  for (const path of ['/docs/static/%00', '/docs/static/....//', '/docs/static/..%2f..%2fx.json']) {
    t.equal((await rig.get(path)).statusCode, 404, path)
  }
})
