import { isSessionId } from '@bemore/protocol'
import t from 'tap'
import { createRig, dataOf, errorOf } from './rig.js'

const DEVICE = 'device_1761300000000_k3j9x2m1q_001'
interface Started {
  sessionId: string
  status: string
  startedAt: string
  wsUrls: Record<string, string>
}

t.test('a start', async (t) => {
  const rig = await createRig(t)
  const start = (headers: Record<string, string> = {}, payload?: object) =>
    rig.app.inject({
      method: 'POST',
      url: '/api/session/start',
      headers,
      ...(payload && { payload }),
    })

  t.test('gives a session and its socket addresses, as the web client asks for it', async (t) => {
    const payload = { userId: 'frontend_user_001', counselorId: 'ai_counselor_001' }
    const reply = await start({ host: 'api.example.org:8000' }, payload)
    const started = dataOf<Started>(reply)
    t.equal(reply.statusCode, 201)
    t.ok(isSessionId(started.sessionId))
    t.equal(started.status, 'active')
    t.equal(new Date(started.startedAt).toISOString(), started.startedAt)
    const base = 'ws://api.example.org:8000/ws'
    t.strictSame(started.wsUrls, {
      landmarks: `${base}/landmarks/${started.sessionId}`,
      voice: `${base}/voice/${started.sessionId}`,
      session: `${base}/session/${started.sessionId}`,
      all: `${base}/${started.sessionId}`,
    })
    const row = await rig.store.sessions.get(started.sessionId)
    t.equal(row?.ownerId, null, 'the user id of the body decides nothing')
  })

  t.test('needs no body, nor a content type, and takes an empty one with', async (t) => {
    t.equal((await start()).statusCode, 201)
    t.equal((await start({ 'content-type': 'application/json' })).statusCode, 201)
  })

  t.test('speaks the language of the body, else of the browser, else English', async (t) => {
    const languageOf = async (headers: Record<string, string>, payload = {}) => {
      const { sessionId } = dataOf<Started>(await start(headers, payload))
      return (await rig.store.sessions.get(sessionId))?.language
    }
    t.equal(await languageOf({}), 'en')
    t.equal(await languageOf({ 'accept-language': 'fr;q=0.9, ko-KR;q=0.8, en;q=0.1' }), 'ko')
    t.equal(await languageOf({ 'accept-language': 'ko' }, { language: 'en' }), 'en')
  })

  t.test(
    'repeated with its Idempotency-Key gives the same session, however often at once',
    async (t) => {
      const headers = { 'idempotency-key': 'k-1' }
      const replies = await Promise.all(Array.from({ length: 8 }, () => start(headers, {})))
      t.equal(new Set(replies.map((reply) => dataOf<Started>(reply).sessionId)).size, 1)
      t.equal(replies.filter(({ statusCode }) => statusCode === 201).length, 1)
      t.equal(replies.filter(({ statusCode }) => statusCode === 200).length, 7)
      const elsewhere = await start({ ...headers, [`x-device-id`]: DEVICE }, {})
      t.equal(elsewhere.statusCode, 201, 'a key counts within its device or address')
      const other = await start(headers, { language: 'ko' })
      t.equal(other.statusCode, 422)
      t.equal(errorOf(other).code, 'IDEMPOTENCY_KEY_REUSED')
    },
  )

  t.test('of a device whose first session no socket has reached gives that one', async (t) => {
    const headers = { 'x-device-id': `${DEVICE}_a` }
    const replies = await Promise.all(Array.from({ length: 8 }, () => start(headers, {})))
    t.equal(new Set(replies.map((reply) => dataOf<Started>(reply).sessionId)).size, 1)
    const { sessionId } = dataOf<Started>(replies[0] as (typeof replies)[0])
    await rig.post(`/api/session/${sessionId}/end`)
    const next = dataOf<Started>(await start(headers, {}))
    t.not(next.sessionId, sessionId, 'an ended session is not given again')
  })

  t.test('names what is wrong with it', async (t) => {
    const device = errorOf(await start({ 'x-device-id': 'no spaces please' }))
    t.equal(device.code, 'VALIDATION_FAILED')
    t.equal(device.details?.[0]?.field, 'headers/x-device-id')
    const language = errorOf(await start({}, { language: 'tlh' }))
    t.equal(language.details?.[0]?.field, 'body/language')
    const key = errorOf(await start({ 'idempotency-key': 'x'.repeat(201) }))
    t.equal(key.details?.[0]?.field, 'headers/idempotency-key')
  })
})

t.test('socket addresses', async (t) => {
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'bemore.example.org' }

  t.test('follow a trusted proxy', async (t) => {
    const rig = await createRig(t, { env: { TRUSTED_PROXIES: '1' } })
    const reply = await rig.post('/api/session/start', forwarded)
    t.match(
      dataOf<Started>(reply).wsUrls['voice'],
      /^wss:\/\/bemore\.example\.org\/ws\/voice\/sess_/,
    )
  })

  t.test('do not follow headers that anyone may send', async (t) => {
    const rig = await createRig(t)
    const reply = await rig.post('/api/session/start', { ...forwarded, host: 'direct.example.org' })
    t.match(dataOf<Started>(reply).wsUrls['voice'], /^ws:\/\/direct\.example\.org\/ws\/voice\//)
  })

  t.test('point at realtime itself where it has a public address', async (t) => {
    const rig = await createRig(t, { env: { REALTIME_PUBLIC_URL: 'wss://rt.example.org/' } })
    const reply = await rig.post('/api/session/start')
    t.match(dataOf<Started>(reply).wsUrls['all'], /^wss:\/\/rt\.example\.org\/ws\/sess_/)
  })
})
