/**
 * Whoever has a socket may send what they like: the process answers everybody else, a socket ends with
 * a code of the protocol or not at all, and what was said is in no log. A failure prints its seed.
 */
import { connect } from 'node:net'
import { createLogger } from '@bemore/ops'
import { CLOSE_CODES, type SocketScope } from '@bemore/protocol'
import fc from 'fast-check'
import t from 'tap'
import { conversations, type Sent, SPOKEN } from './fixtures/hostile-messages.js'
import { openHouse, type TestHouse, type TestProcess } from './fixtures/realtime-process.js'
import { connectClient, type TestClient } from './fixtures/test-client.js'
import { until } from './fixtures/until.js'

const SEED = 20_260_105
const CONVERSATIONS = 100
const UPGRADES = 400
const SCOPES: readonly SocketScope[] = ['landmarks', 'voice', 'session', 'all']
const DOCUMENTED: ReadonlySet<number> = new Set(Object.values(CLOSE_CODES).map(({ code }) => code))
/** Beyond the hard limit the engine cuts the line itself. */
const CUT = 1006
/** Between messages, so that some come within an allowance and some do not. */
const PAUSE_MS = 40
const MANY = { opensPerMinute: 1_000_000, upgradeBurst: 1_000_000, upgradesPerSecond: 1_000_000 }

t.setTimeout(180_000)

t.test('whatever a socket is sent', async (t) => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const log = createLogger({ name: 'realtime', level: 'debug', destination })
  const house = await openHouse(t, { transport: 'uws', ...MANY })
  const process = await house.startProcess({}, undefined, log)
  const bystander = await process.connect((await house.startSession()).id, 'session')

  for (const scope of SCOPES) {
    await t.test(`on a socket of ${scope}`, async (t) => {
      const property = fc.asyncProperty(conversations, async (conversation) => {
        const { id } = await house.startSession()
        const client = await connectClient(t, process.urlOf(id, scope))
        await converse(house, client, conversation)
        house.clock.advance(10_000)
        await bystander.count('pong')
        const code = await endOrPong(client)
        if (code !== null && code !== CUT && !DOCUMENTED.has(code)) {
          throw new Error(`closed with ${code}`)
        }
        client.socket.terminate()
        turn(process)
        const { size } = process.queue
        if (size > 5_000) throw new Error(`${size} events wait`)
      })
      const run = await fc.check(property, {
        ...{ seed: SEED, numRuns: CONVERSATIONS, endOnFailure: true },
      })
      t.notOk(run.failed, fc.defaultReportMessage(run) ?? 'it held')
    })
  }

  await until('every socket but one to be gone', () => process.realtime.counts().connections === 1)
  t.ok(await bystander.count('pong'), 'others are answered still')
  const faults = lines.filter((line) => /"level":(?:"(?:error|fatal)"|[56]0)/.test(line))
  t.same(faults, [], 'nothing went wrong inside')
  t.notOk(
    lines.some((line) => line.includes(SPOKEN)),
    'what was said is in no log',
  )
  t.notOk(
    lines.some((line) => /sess_[A-Za-z0-9_-]{22}/.test(line)),
    'nor is an id',
  )
})

async function converse(house: TestHouse, client: TestClient, all: readonly Sent[]): Promise<void> {
  for (const message of all) {
    if (client.socket.readyState !== client.socket.OPEN) return
    client.send(message)
    house.clock.advance(PAUSE_MS)
  }
}

/** The code it was closed with; null: it is open, and answers. */
async function endOrPong(client: TestClient): Promise<number | null> {
  let code: number | null = null
  client.socket.once('close', (closed) => {
    code = closed
  })
  if (client.socket.readyState === client.socket.CLOSED) return client.closed()
  const pongs = () => client.received.filter(({ type }) => type === 'pong').length
  const before = pongs()
  if (client.socket.readyState === client.socket.OPEN) client.send('{"type":"ping"}')
  await until('an end, or a pong', () => code !== null || pongs() > before)
  return code
}

function turn({ realtime }: TestProcess): void {
  realtime.tick()
  realtime.sweep()
}

t.test(
  'whatever an upgrade looks like, it is answered, and a token never comes back',
  async (t) => {
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push(line) }
    const log = createLogger({ name: 'realtime', level: 'debug', destination })
    const house = await openHouse(t, { transport: 'uws', ...MANY })
    const process = await house.startProcess({}, undefined, log)
    const { id } = await house.startSession()
    const port = Number(new URL(process.httpUrl).port)
    const key = 'dGhlIHNhbXBsZSBub25jZQ=='
    const junk = fc.oneof(
      fc
        .string({ unit: 'binary-ascii', maxLength: 30 })
        .map((text) => text.replace(/[^\x21-\x7e]/g, '')),
      fc.constantFrom('', '%00', '..', '%2e%2e%2f', 'x'.repeat(3_000), '__proto__', 'undefined'),
    )
    const heads = fc.record({
      method: fc.constantFrom(
        'GET',
        'GET',
        'GET',
        'POST',
        'HEAD',
        'OPTIONS',
        'CONNECT',
        'get',
        'XYZ',
      ),
      path: fc.oneof(
        fc.constantFrom(
          `/ws/${id}`,
          `/ws/landmarks/${id}`,
          `/ws/session?sessionId=${id}`,
          `//ws//${id}`,
        ),
        fc
          .tuple(fc.constantFrom('/ws/', '/', '/ws/voice/', '/ws?sessionId=', '/ws/%2e%2e/'), junk)
          .map((all) => all.join('')),
      ),
      upgrade: fc.constantFrom('websocket', 'WebSocket', 'h2c', '', 'websocket, h2c'),
      connection: fc.constantFrom('Upgrade', 'keep-alive, Upgrade', 'close', 'upgrade, close', ''),
      key: fc.oneof(fc.constant(key), junk),
      version: fc.constantFrom('13', '8', '', '13, 8', 'x'),
      protocols: fc.oneof(
        fc.constant('bemore.v1'),
        junk.map((text) => `bemore.v1, bemore.token.secret${text}`),
        fc.constant(`bemore.token.${'secret.'.repeat(400)}`),
        fc.constant('bemore.token.secret'),
        fc.constant(',,,'),
      ),
      extensions: fc.oneof(fc.constant('permessage-deflate; client_max_window_bits'), junk),
      language: junk,
      more: fc.constantFrom(
        '',
        'Content-Length: 5\r\n',
        'Transfer-Encoding: chunked\r\n',
        'Cookie: a=b\r\n',
      ),
      body: fc.oneof(fc.constant(''), junk, fc.constant('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n')),
    })
    const property = fc.asyncProperty(heads, async (head) => {
      const answer = await ask(
        port,
        `${head.method} ${head.path} HTTP/1.1\r\nHost: x\r\nUpgrade: ${head.upgrade}\r\n` +
          `Connection: ${head.connection}\r\nSec-WebSocket-Key: ${head.key}\r\n` +
          `Sec-WebSocket-Version: ${head.version}\r\nSec-WebSocket-Protocol: ${head.protocols}\r\n` +
          `Sec-WebSocket-Extensions: ${head.extensions}\r\nAccept-Language: ${head.language}\r\n` +
          `${head.more}\r\n${head.body}`,
      )
      if (/secret/.test(answer)) throw new Error(`a token came back: ${answer}`)
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]
      if (answer !== '' && status === undefined) throw new Error(`is no HTTP: ${answer}`)
      if (status === '500') throw new Error(answer)
      house.clock.advance(60_000)
    })
    await fc.assert(property, { seed: SEED, numRuns: UPGRADES, endOnFailure: true })
    t.equal((await fetch(`${process.httpUrl}/livez`)).status, 200)
    const other = await process.connect((await house.startSession()).id)
    t.equal(await other.count('pong'), 1)
    t.notOk(lines.some((line) => /secret|"level":"(?:error|fatal)"/.test(line)))
  },
)

/** What comes back until the line is closed, or nothing more comes. */
function ask(port: number, head: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port })
  let answer = ''
  return new Promise((resolve) => {
    const done = () => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(5_000, done)
    socket.on('data', (data) => {
      answer += data.toString('latin1')
      if (answer.includes('\r\n\r\n')) done()
    })
    socket.on('error', done)
    socket.on('close', done)
    socket.write(Buffer.from(head, 'latin1'))
  })
}
