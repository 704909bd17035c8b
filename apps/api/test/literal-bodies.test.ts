import t from 'tap'
import { createRig, dataOf, errorOf } from './rig.js'

/** In a query everything is a text; in JSON a null is no number, no answer and no empty text. */
t.test('what a body says is taken as it is said', async (t) => {
  const rig = await createRig(t)
  const { headers } = await rig.signUp()
  const send = (method: 'POST' | 'PUT', url: string, payload: object) =>
    rig.app.inject({ method, url, payload, headers })
  const id = await rig.start({}, headers)

  for (const [method, url, payload] of [
    ['PUT', '/api/user/preferences', { preferences: { notificationsOptIn: null } }],
    ['PUT', '/api/user/preferences', { preferences: { notificationsOptIn: 'true' } }],
    ['PUT', `/api/session/${id}/consent`, { face: null }],
    ['PUT', `/api/session/${id}/consent`, { face: 0 }],
    ['POST', '/api/session/start', { consent: { voice: null } }],
    ['PUT', '/api/auth/profile', { profileImage: '' }],
    ['PUT', '/api/auth/profile', { username: 12345 }],
    ['POST', `/api/session/${id}/feedback`, { rating: '4' }],
    ['POST', `/api/session/${id}/feedback`, { rating: [4] }],
    ['POST', `/api/session/${id}/tick`, { minuteIndex: null }],
    ['POST', `/api/session/${id}/utterances`, { text: 'a', confidence: null }],
    ['POST', '/api/session/devices/check', { camera: { available: null } }],
    ['POST', '/api/analytics/vitals', { name: 'LCP', rating: 'good', value: null }],
    ['POST', '/api/session/batch-tick', { sessionId: id, items: { minuteIndex: 1 } }],
  ] as const) {
    const said = `${url} ${JSON.stringify(payload)}`
    const reply = await send(method, url, payload)
    t.equal(reply.statusCode, 400, said)
    const { details = [] } = errorOf(reply)
    t.match(details[0], { field: /^body\//, problem: /^must / }, said)
  }
  t.match(await rig.store.sessions.get(id), { consent: { face: { decision: 'assumed' } } })
})

t.test('null says that there is nothing, where a schema has it', async (t) => {
  const rig = await createRig(t)
  const { headers } = await rig.signUp()
  const put = (profileImage: string | null) =>
    rig.app.inject({ method: 'PUT', url: '/api/auth/profile', payload: { profileImage }, headers })
  const image = 'https://example.com/me.png'
  t.match(dataOf(await put(image)), { user: { profileImage: image } })
  t.match(dataOf(await put(null)), { user: { profileImage: null } })

  const id = await rig.start({ counselorId: null }, headers)
  const tick = (payload: object) =>
    rig.app.inject({ method: 'POST', url: `/api/session/${id}/tick`, payload, headers })
  dataOf(await tick({ minuteIndex: 0, facialScore: 5, vadScore: null, confidence: null }))
  const scores = (await rig.store.log.read(id, 0)).filter(({ type }) => type.endsWith('.score'))
  t.strictSame(
    scores.map(({ type, data }) => [type, data]),
    [['face.score', { minuteIndex: 0, score: 5 }]],
  )
})

t.test('queries are read as before', async (t) => {
  const rig = await createRig(t, { env: { ADMIN_TOKEN: 'an-operator-token-of-32-letters!' } })
  const headers = { authorization: 'Bearer an-operator-token-of-32-letters!' }
  t.equal((await rig.get('/api/session?limit=3')).statusCode, 200)
  t.equal((await rig.get('/api/session?limit=three')).statusCode, 400)
  t.equal((await rig.get('/api/admin/incidents?open=true', headers)).statusCode, 200)
  t.equal((await rig.get('/api/admin/incidents?open=perhaps', headers)).statusCode, 400)
})
