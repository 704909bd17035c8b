import t from 'tap'
import {
  CLOSE_CODES,
  ERRORS,
  isSessionId,
  isTakenBy,
  parseSocketPath,
  shouldReconnect,
} from '../src/index.js'

t.test('socket paths: a channel, the multiplexed one, the id in path or query', async (t) => {
  t.same(parseSocketPath('/ws/landmarks/abc', ''), { scope: 'landmarks', sessionId: 'abc' })
  t.same(parseSocketPath('/ws/voice', 'sessionId=abc'), { scope: 'voice', sessionId: 'abc' })
  t.same(parseSocketPath('/ws/abc', ''), { scope: 'all', sessionId: 'abc' })
  t.same(parseSocketPath('/ws', 'sessionId=abc'), { scope: 'all', sessionId: 'abc' })
})

t.test('socket paths that are none', async (t) => {
  for (const path of ['/', '/ws', '/wss/landmarks/abc', '/ws/video/abc', '/ws/voice/abc/more']) {
    t.equal(parseSocketPath(path, ''), null, path)
  }
  t.equal(parseSocketPath('/ws/voice', ''), null)
})

t.test('session ids are 128 unguessable bits, URL-safe', async (t) => {
  t.ok(isSessionId('sess_AAAAAAAAAAAAAAAAAAAA-_'))
  for (const id of ['', 'sess_', 'sess_AAAAAAAAAAAAAAAAAAAA/+', "' or 1=1"]) {
    t.notOk(isSessionId(id), id)
  }
})

t.test('commands belong to the session channel; a ping goes everywhere', async (t) => {
  t.ok(isTakenBy('voice', 'ping'))
  t.ok(isTakenBy('session', 'pause'))
  t.ok(isTakenBy('all', 'end'))
  t.notOk(isTakenBy('landmarks', 'pause'))
  t.notOk(isTakenBy('session', 'fly'))
})

t.test('the range of a close code is its verdict', async (t) => {
  for (const [name, { code, reconnect }] of Object.entries(CLOSE_CODES)) {
    t.equal(shouldReconnect(code), reconnect, name)
  }
  t.ok(shouldReconnect(1006), 'a lost connection is tried again')
})

t.test('every error of the catalogue explains itself in both languages', async (t) => {
  for (const [code, entry] of Object.entries(ERRORS)) {
    t.match(code, /^[A-Z]+(_[A-Z]+)*$/)
    t.match(entry.message.ko, /[가-힣]/, `${code} in Korean`)
    t.ok(entry.message.en && entry.cause && entry.remedy, `${code} has cause and remedy`)
    t.equal(
      entry.temporary,
      [408, 429, 500, 503].includes(entry.status),
      `${code}: ${entry.status}`,
    )
  }
})
