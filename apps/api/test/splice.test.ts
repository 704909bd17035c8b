import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net'
import { ERRORS } from '@bemore/protocol'
import type { TestContext } from '@bemore/testing'
import t from 'tap'
import { listen } from '../src/listen.js'
import { createRig, until } from './rig.js'

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const KEY = 'dGhlIHNhbXBsZSBub25jZQ=='
const ACCEPT = createHash('sha1')
  .update(KEY + GUID)
  .digest('base64')
const PATH = '/ws/landmarks/sess_AAAAAAAAAAAAAAAAAAAAAA'

/** The peer: takes the upgrade of what it knows, echoes every byte after it, refuses the rest. */
async function createEchoPeer(t: TestContext) {
  const requests: IncomingMessage[] = []
  const sockets = new Set<Socket>()
  const server = createServer()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
  })
  server.on('upgrade', (request, socket, head) => {
    requests.push(request)
    if (request.url?.includes('unknown')) {
      socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\ngone')
      return
    }
    const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
    socket.write(`${lines.join('\r\n')}\r\nSec-WebSocket-Accept: ${ACCEPT}\r\n\r\n`)
    socket.write(head)
    socket.pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, requests, sockets }
}

async function createSplicedRig(t: TestContext, target: string, env = {}) {
  const rig = await createRig(t, { env: { REALTIME_INTERNAL_URL: target, ...env } })
  const port = await listen(rig.app, { host: '127.0.0.1', port: 0 })
  return { ...rig, port }
}

/** A client that sees bytes; `text` is all it was sent. */
function openClient(t: TestContext, port: number, path = PATH, extra = '') {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  const client = { socket, text: '', ended: false, closed: false }
  socket.on('data', (bytes) => {
    client.text += bytes.toString('latin1')
  })
  socket.on('end', () => {
    client.ended = true
  })
  socket.on('close', () => {
    client.closed = true
  })
  socket.on('error', () => {})
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: api.example.org\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13\r\n${extra}\r\n`,
  )
  t.teardown(() => socket.destroy())
  return client
}

const isOpen = (client: { text: string }) => client.text.includes('\r\n\r\n')
const errorIn = ({ text }: { text: string }) =>
  JSON.parse(text.slice(text.indexOf('\r\n\r\n'))).error as { code: string; message: string }

t.test('the splice', async (t) => {
  const peer = await createEchoPeer(t)
  const rig = await createSplicedRig(t, peer.url)

  t.test('hands the request over as it came, and says whom it is for', async (t) => {
    const extra =
      'X-Odd-CASE: caf\u00e9\r\nX-Forwarded-For: 6.6.6.6\r\nSec-WebSocket-Protocol: bemore.v1\r\n'
    const client = openClient(t, rig.port, `${PATH}?x=%20y`, extra)
    await until('the upgrade', () => isOpen(client))
    t.match(client.text, /^HTTP\/1\.1 101 Switching Protocols\r\n/)
    t.ok(client.text.includes(ACCEPT))
    const request = peer.requests.at(-1) as IncomingMessage
    t.equal(request.url, `${PATH}?x=%20y`)
    t.ok(request.rawHeaders.includes('X-Odd-CASE'))
    t.equal(request.headers['x-odd-case'], Buffer.from('caf\u00e9').toString('latin1'))
    t.equal(request.headers.host, 'api.example.org')
    t.equal(request.headers['sec-websocket-protocol'], 'bemore.v1')
    t.equal(request.headers['x-forwarded-for'], '127.0.0.1', 'not what the client claims')
    t.equal(request.headers['x-forwarded-proto'], 'http')
  })

  t.test('passes what came with the request, and everything after, unchanged', async (t) => {
    const client = openClient(t, rig.port)
    client.socket.write('early')
    await until('the echo of the early bytes', () => client.text.endsWith('early'))
    const bytes = Buffer.alloc(300_000, 'a rather long text. ')
    const before = client.text.length
    client.socket.write(bytes)
    await until('all bytes are back', () => client.text.length === before + bytes.length)
    t.ok(client.text.endsWith(bytes.toString('latin1')))
  })

  t.test('lets a refusal of realtime through as it is', async (t) => {
    const client = openClient(t, rig.port, '/ws/voice/unknown')
    await until('the refusal', () => client.ended)
    t.equal(client.text, 'HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\ngone')
  })

  t.test('ends both sides when either ends', async (t) => {
    const leaving = openClient(t, rig.port)
    await until('open', () => isOpen(leaving))
    const open = peer.sockets.size
    leaving.socket.destroy()
    await t.resolves(until('realtime saw it', () => peer.sockets.size < open))

    const left = openClient(t, rig.port)
    await until('open', () => isOpen(left))
    for (const socket of peer.sockets) socket.destroy()
    await t.resolves(until('the client saw it', () => left.ended || left.closed))
  })

  t.test('ends both sides when one is half closed', async (t) => {
    const client = openClient(t, rig.port)
    await until('open', () => isOpen(client))
    const open = peer.sockets.size
    client.socket.end()
    await t.resolves(until('realtime saw it', () => peer.sockets.size < open))
    await t.resolves(until('the client saw it', () => client.closed))
  })

  t.test('has no upgrade for other paths', async (t) => {
    for (const path of ['/', '/wsx', '/api/session/start', '/health']) {
      const client = openClient(t, rig.port, path)
      await until('the refusal', () => client.ended)
      t.match(client.text, /^HTTP\/1\.1 404 /, path)
      t.equal(errorIn(client).code, 'ROUTE_NOT_FOUND')
    }
  })
})

t.test('the splice keeps next to nothing for a reader that does not read', async (t) => {
  const peer = await createEchoPeer(t)
  const rig = await createSplicedRig(t, peer.url)
  let carried: Socket | undefined
  rig.app.server.once('connection', (socket: Socket) => {
    carried = socket
  })
  const client = openClient(t, rig.port)
  await until('open', () => isOpen(client))
  client.socket.pause()
  const before = client.text.length
  const bytes = Buffer.alloc(40_000_000)
  client.socket.write(bytes)
  await until('the way to the client is full', () => carried?.writableNeedDrain === true)
  client.socket.resume()
  let most = 0
  const allBack = () => {
    most = Math.max(most, carried?.writableLength ?? 0)
    return client.text.length === before + bytes.length
  }
  await until('all that was sent is back', allBack, 30_000)
  t.ok(most > 0 && most < 1_000_000, `at most ${most} bytes waited here`)
})

t.test('a full splice refuses until there is room', async (t) => {
  const peer = await createEchoPeer(t)
  const rig = await createSplicedRig(t, peer.url, { MAX_SPLICED_SOCKETS: '1' })
  const first = openClient(t, rig.port)
  await until('the first is in', () => isOpen(first))
  const second = openClient(t, rig.port)
  await until('the second is refused', () => second.ended)
  t.match(second.text, /^HTTP\/1\.1 429 Too Many Requests\r\n/)
  t.match(second.text, /retry-after: \d+\r\n/)
  t.equal(errorIn(second).code, 'SERVER_FULL')
  first.socket.destroy()
  await until('there is room', async () => {
    const next = openClient(t, rig.port)
    await until('an answer', () => isOpen(next))
    return next.text.startsWith('HTTP/1.1 101')
  })
})

t.test('without realtime the splice says so', async (t) => {
  const closed = createTcpServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => closed.once('listening', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  const rig = await createSplicedRig(t, `http://127.0.0.1:${port}`)
  const client = openClient(t, rig.port, PATH, 'Accept-Language: ko\r\n')
  await until('the refusal', () => client.ended)
  t.match(client.text, /^HTTP\/1\.1 503 Service Unavailable\r\n/)
  t.match(client.text, /retry-after: \d+\r\n/)
  const { code, message } = JSON.parse(
    Buffer.from(client.text.slice(client.text.indexOf('{')), 'latin1').toString(),
  ).error
  t.equal(code, 'REALTIME_UNREACHABLE')
  t.equal(message, ERRORS.REALTIME_UNREACHABLE.message.ko)
  t.equal((await rig.get('/')).statusCode, 200, 'REST is served meanwhile')
})

t.test('a closing server lets its carried sockets go and takes no more', async (t) => {
  const peer = await createEchoPeer(t)
  const rig = await createSplicedRig(t, peer.url)
  const client = openClient(t, rig.port)
  await until('open', () => isOpen(client))
  await rig.app.close()
  await t.resolves(until('the client saw it', () => client.ended || client.closed))
  await t.resolves(until('realtime saw it', () => peer.sockets.size === 0))
})

t.test(
  'more new sockets than this process takes are refused, and told when to return',
  async (t) => {
    const peer = await createEchoPeer(t)
    const env = { UPGRADES_PER_SECOND: '1', UPGRADE_BURST: '2' }
    const rig = await createSplicedRig(t, peer.url, env)
    const clients = Array.from({ length: 10 }, () => openClient(t, rig.port))
    await until('all are answered', () => clients.every(isOpen))
    const refused = clients.filter(({ text }) => text.startsWith('HTTP/1.1 503'))
    t.ok(refused.length >= 5, `${refused.length} were refused`)
    for (const client of refused) {
      t.equal(errorIn(client).code, 'OVERLOADED')
      t.match(client.text, /^retry-after: 2/m)
    }
    t.equal(peer.requests.length, 10 - refused.length, 'they cost realtime nothing')
  },
)

t.test('an overloaded process carries no new socket, and goes on with the old', async (t) => {
  const peer = await createEchoPeer(t)
  const rig = await createSplicedRig(t, peer.url)
  const carried = openClient(t, rig.port)
  await until('it is carried', () => isOpen(carried))
  rig.pressure.look({ rssBytes: rig.pressure.limitBytes, loopDelayMs: 0 })
  const refused = openClient(t, rig.port)
  await until('it is refused', () => refused.ended)
  t.equal(errorIn(refused).code, 'OVERLOADED')
  carried.socket.write('still here')
  await until('it is echoed', () => carried.text.endsWith('still here'))
})
