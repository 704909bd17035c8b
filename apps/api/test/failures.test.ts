import { connect } from 'node:net'
import { ERRORS } from '@bemore/protocol'
import t from 'tap'
import { listen } from '../src/listen.js'
import { createRig, errorOf } from './rig.js'

t.test('failures', async (t) => {
  const rig = await createRig(t, { env: { BODY_LIMIT_BYTES: '1000' } })
  const start = (payload: string, type = 'application/json', headers = {}) =>
    rig.app.inject({
      method: 'POST',
      url: '/api/session/start',
      payload,
      headers: { 'content-type': type, ...headers },
    })

  t.test('are told by code and status of the catalogue', async (t) => {
    for (const [code, reply] of [
      ['VALIDATION_FAILED', await start('{"language":7}')],
      ['MALFORMED_JSON', await start('{"a":')],
      ['MALFORMED_JSON', await start('{"__proto__":{"a":1}}')],
      ['BODY_TOO_LARGE', await start(`{"a":"${'x'.repeat(1000)}"}`)],
      ['UNSUPPORTED_MEDIA_TYPE', await start('<a/>', 'application/xml')],
      ['UNSUPPORTED_MEDIA_TYPE', await start('hello', 'text/plain')],
      ['ROUTE_NOT_FOUND', await rig.get('/api/nothing')],
      ['ROUTE_NOT_FOUND', await rig.get('/api/%zz')],
      ['ROUTE_NOT_FOUND', await rig.app.inject({ method: 'DELETE', url: '/api/session/start/x' })],
      ['SESSION_NOT_FOUND', await rig.get('/api/session/sess_AAAAAAAAAAAAAAAAAAAAAA')],
    ] as const) {
      const error = errorOf(reply)
      t.equal(error.code, code)
      t.equal(reply.statusCode, ERRORS[code].status)
      t.equal(error.temporary, ERRORS[code].temporary)
      t.equal(error.message, ERRORS[code].message.en)
      t.equal(error.requestId, reply.headers['x-request-id'], code)
      t.match(reply.headers['content-type'], /^application\/json/)
    }
  })

  t.test('speak Korean to who asks for it', async (t) => {
    const reply = await rig.get('/api/nothing', { 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' })
    t.equal(errorOf(reply).message, ERRORS.ROUTE_NOT_FOUND.message.ko)
  })

  t.test('name the field, and not what was in it', async (t) => {
    const reply = await start('{"counselorId":{"secret":"hunter2"}}')
    t.equal(errorOf(reply).details?.[0]?.field, 'body/counselorId')
    t.notMatch(reply.body, /hunter2/)
  })

  t.test('that nobody foresaw are logged whole and told without a word of it', async (t) => {
    const { get } = rig.store.sessions
    rig.store.sessions.get = () => Promise.reject(new Error('select secret from vault'))
    const reply = await rig.get('/api/session/sess_AAAAAAAAAAAAAAAAAAAAAA')
    rig.store.sessions.get = get
    t.equal(reply.statusCode, 500)
    const { code, requestId } = errorOf(reply)
    t.equal(code, 'INTERNAL')
    t.notMatch(reply.body, /secret|vault|stack/)
    const fault = rig.logged().find(({ event }) => event === 'http.fault')
    t.equal(fault?.['requestId'], requestId)
    t.match(fault?.['err'], { message: 'select secret from vault' })
  })

  t.test('of the store by code, with a time to come back', async (t) => {
    const { start: begin } = rig.store.sessions
    rig.store.sessions.start = () =>
      Promise.reject(Object.assign(new Error('busy'), { code: 'DATABASE_BUSY' }))
    const busy = await start('{}')
    rig.store.sessions.start = begin
    t.equal(busy.statusCode, 503)
    t.ok(Number(busy.headers['retry-after']) > 0)
  })

  t.test('answer bytes that are no HTTP', async (t) => {
    const port = await listen(rig.app, { host: '127.0.0.1', port: 0 })
    const answer = await readAnswer(port, 'not http\r\n\r\n')
    t.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/)
    t.equal(JSON.parse(answer.split('\r\n\r\n')[1] ?? '').error.code, 'VALIDATION_FAILED')
  })
})

t.test('a request that does not come to its end is answered with 408', async (t) => {
  const rig = await createRig(t, { env: { REQUEST_TIMEOUT_MS: '100' } })
  const port = await listen(rig.app, { host: '127.0.0.1', port: 0 })
  const answer = await readAnswer(port, 'POST /api/session/start HTTP/1.1\r\nhost: x\r\nconte')
  t.match(answer, /^HTTP\/1\.1 408 Request Timeout\r\n/)
  t.match(answer, /"code":"NO_SIGN_OF_LIFE"/)
})

/** Sends bytes and gives all that comes back until the server closes. */
function readAnswer(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (part) => {
      text += part
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}
