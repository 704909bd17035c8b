import t from 'tap'
import { diagnose } from '../src/doctor/diagnose.js'
import { findFreePort } from '../src/up/ports.js'
import { answering, startOddServer } from './fixtures/odd-server.js'

const STEP_MS = 400
/** For a busy machine; what matters is that it ends. */
const BOUND_MS = 10_000

async function examine(url: string) {
  const startedAt = performance.now()
  const { verdict, steps } = await diagnose(url, { stepMs: STEP_MS })
  const failed = steps.filter(({ status }) => status === 'fail').map(({ id }) => id)
  return { code: verdict?.code, failed, verdict, ms: performance.now() - startedAt, steps }
}

t.test('a host without a name', async (t) => {
  const { code, failed } = await examine(`http://${'a'.repeat(70)}.invalid`)
  t.equal(code, 'DNS_FAILED')
  t.same(failed, ['dns'])
})

t.test('nothing listens', async (t) => {
  const { code, failed, steps } = await examine(
    `http://127.0.0.1:${await findFreePort('127.0.0.1')}`,
  )
  t.equal(code, 'CONNECTION_REFUSED')
  t.same(failed, ['tcp'])
  t.ok(
    steps.slice(2).every(({ status, durationMs }) => status === 'skipped' && durationMs === null),
  )
})

t.test('plain HTTP where TLS is asked for', async (t) => {
  const url = await startOddServer(t, answering('HTTP/1.1 400 Bad Request'))
  const { code, failed } = await examine(url.replace('http:', 'https:'))
  t.equal(code, 'TLS_FAILED')
  t.same(failed, ['tls'])
})

t.test('takes the connection and never answers', async (t) => {
  const { code, failed, ms } = await examine(await startOddServer(t, () => {}))
  t.equal(code, 'HTTP_TIMEOUT')
  t.same(failed, ['http'])
  t.ok(ms < BOUND_MS)
})

t.test('answers a byte at a time, for ever', async (t) => {
  const url = await startOddServer(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n')
    const timer = setInterval(() => socket.write('x'), 20)
    socket.on('close', () => clearInterval(timer))
  })
  const { code, ms } = await examine(url)
  t.equal(code, 'HTTP_TIMEOUT')
  t.ok(ms < BOUND_MS)
})

t.test('closes without an answer', async (t) => {
  const url = await startOddServer(t, (socket) => socket.once('data', () => socket.destroy()))
  const { code, failed } = await examine(url)
  t.equal(code, 'CONNECTION_REFUSED')
  t.same(failed, ['http'])
})

t.test('speaks something else than HTTP', async (t) => {
  const { code, failed } = await examine(
    await startOddServer(t, (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')),
  )
  t.equal(code, 'NOT_BEMORE')
  t.same(failed, ['http'])
})

t.test('the 502 page of a platform', async (t) => {
  const head = 'HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html'
  const { code, failed, verdict } = await examine(
    await startOddServer(t, answering(head, '<html>Bad Gateway</html>')),
  )
  t.equal(code, 'NOT_BEMORE')
  t.same(failed, ['health'])
  t.match(verdict?.detail.en, /HTTP 502 text\/html/)
})

t.test('an endless redirect is not followed, and its aim is named', async (t) => {
  const url = await startOddServer(
    t,
    answering('HTTP/1.1 301 Moved Permanently\r\nlocation: https://example.org/health'),
  )
  const { code, verdict } = await examine(url)
  t.equal(code, 'NOT_BEMORE')
  t.match(verdict?.detail.en, /redirect to https:\/\/example\.org/)
})

t.test('a body without an end is not read to it', async (t) => {
  const url = await startOddServer(t, (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n')
    const block = Buffer.alloc(262_144, 0x20)
    const pump = () => {
      while (!socket.destroyed && socket.write(block)) {
        // until the other side takes no more
      }
    }
    socket.on('drain', pump)
    pump()
  })
  const { code, ms } = await examine(url)
  t.match(code, /NOT_BEMORE|HTTP_TIMEOUT/)
  t.ok(ms < BOUND_MS)
})

t.test('JSON of another backend is no health of BeMore', async (t) => {
  const body = '{"status":"ok","timestamp":"2025-10-24T03:27:00Z","uptime":1}'
  const url = await startOddServer(
    t,
    answering('HTTP/1.1 200 OK\r\ncontent-type: application/json', body),
  )
  t.equal((await examine(url)).code, 'NOT_BEMORE')
})
