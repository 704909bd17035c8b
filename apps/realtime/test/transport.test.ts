import { once } from 'node:events'
import { request } from 'node:http'
import { createConnection } from 'node:net'
import { EXIT } from '@bemore/ops'
import t, { type Test } from 'tap'
import { WebSocket } from 'ws'
import { loadTransport } from '../src/transport/load-transport.js'
import type {
  Connection,
  HttpReply,
  TransportHandlers,
  UpgradeRequest,
  UpgradeVerdict,
} from '../src/transport/port.js'
import { until } from './fixtures/until.js'

interface Peer {
  readonly name: string
  connection?: Connection
  closedWith?: number
  drained: number
}

const REFUSED: HttpReply = { status: 404, headers: { 'x-why': 'test' }, body: '{"error":{}}' }
const OPTIONS = { hardMessageBytes: 65_536, maxUnsentBytes: 1_000_000, closeGraceMs: 100 }

async function openSocket(t: Test, url: string): Promise<WebSocket> {
  const socket = new WebSocket(url)
  t.teardown(() => socket.terminate())
  socket.on('error', () => socket.terminate())
  await until(`${url} to open`, () => socket.readyState === socket.OPEN)
  return socket
}

const closeCodeOf = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => {
    socket.on('close', resolve)
  })

for (const kind of ['uws', 'ws'] as const) {
  t.test(`the transport on ${kind}`, async (t) => {
    const create = await loadTransport(kind)

    /** A transport that accepts all but what `judge` refuses, and keeps what happened. */
    async function serve(judge: (request: UpgradeRequest) => Promise<boolean> | boolean) {
      const peers: Peer[] = []
      const abandoned: Peer[] = []
      const handlers: TransportHandlers<Peer> = {
        request: (method, path) => ({ status: 200, headers: {}, body: `${method} ${path}` }),
        async upgrade(request): Promise<UpgradeVerdict<Peer>> {
          if (!(await judge(request))) return { accepted: false, reply: REFUSED }
          return { accepted: true, peer: { name: request.path, drained: 0 } }
        },
        abandoned: (peer) => abandoned.push(peer),
        opened(peer, connection) {
          peer.connection = connection
          peers.push(peer)
        },
        message(peer, bytes, isBinary) {
          // Kept beyond the call, so copied: the bytes are the transport's.
          peer.connection?.send(isBinary ? bytes.slice() : Buffer.from(bytes).toString())
        },
        pong: () => {},
        drained(peer) {
          peer.drained += 1
        },
        closed(peer, code) {
          peer.closedWith = code
        },
      }
      const transport = create<Peer>(OPTIONS, handlers)
      t.teardown(() => transport.close())
      const port = await transport.listen('127.0.0.1', 0)
      return { transport, port, peers, abandoned, url: `ws://127.0.0.1:${port}` }
    }

    t.test('answers a plain request and closes its connection', async (t) => {
      const { port } = await serve(() => true)
      const socket = createConnection(port, '127.0.0.1')
      t.teardown(() => socket.destroy())
      let answered = ''
      socket.on('data', (bytes) => {
        answered += bytes
      })
      socket.on('error', () => {})
      const over = once(socket, 'close')
      socket.write('GET /livez HTTP/1.1\r\nHost: a\r\n\r\n')
      await over
      t.equal(answered.match(/HTTP\/1\.1 200/g)?.length, 1)
    })

    t.test('carries text and bytes both ways', async (t) => {
      const { url } = await serve(() => true)
      const socket = await openSocket(t, url)
      const received: [string, boolean][] = []
      socket.on('message', (data, isBinary) => received.push([String(data), isBinary]))
      socket.send('안녕')
      socket.send(Buffer.from('bytes'))
      await until('both to come back', () => received.length === 2)
      t.same(received, [
        ['안녕', false],
        ['bytes', true],
      ])
    })

    t.test('a verdict that takes its time is waited for', async (t) => {
      const { url, peers } = await serve(() => new Promise((done) => setTimeout(done, 10, true)))
      const sockets = await Promise.all(Array.from({ length: 20 }, () => openSocket(t, url)))
      const echoes = sockets.map(
        (socket) => new Promise((resolve) => socket.on('message', resolve)),
      )
      for (const socket of sockets) socket.send('are you there')
      await Promise.all(echoes)
      t.equal(peers.filter(({ closedWith }) => closedWith === undefined).length, 20)
    })

    t.test('a client that left before the verdict is abandoned, not opened', async (t) => {
      let decide: (accepted: boolean) => void = () => {}
      let asked = 0
      const { url, peers, abandoned } = await serve(() => {
        asked += 1
        return new Promise((resolve) => {
          decide = resolve
        })
      })
      const socket = new WebSocket(`${url}/gone`)
      socket.on('error', () => socket.terminate())
      await until('the upgrade to be asked for', () => asked === 1)
      socket.terminate()
      // The line is gone when a connection made after it has been seen.
      await fetch(url.replace('ws', 'http'))
      decide(true)
      await until('it to be abandoned', () => abandoned.length === 1)
      t.match(abandoned, [{ name: '/gone' }])
      t.same(peers, [])
    })

    t.test('a request that asks for no upgrade is an ordinary one', async (t) => {
      const { url } = await serve(() => true)
      const reply = await fetch(`${url.replace('ws', 'http')}/some/path?a=1`)
      t.equal(await reply.text(), 'get /some/path')
      const odd = request(url.replace('ws', 'http'), {
        headers: {
          connection: 'close',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        },
      })
      const status = await new Promise((resolve, reject) => {
        odd.on('response', (response) => resolve(response.statusCode))
        odd.on('error', reject)
        odd.end()
      })
      t.equal(status, 200)
    })

    t.test('what is not read is told, and a close does not wait for ever', async (t) => {
      const { url, peers } = await serve(() => true)
      const socket = await openSocket(t, url)
      socket.pause()
      const [peer] = peers
      const block = new Uint8Array(500_000)
      const results = []
      while (results.at(-1) !== 'dropped' && results.length < 200) {
        results.push(peer?.connection?.send(block))
      }
      t.ok(results.includes('buffered'))
      t.equal(results.at(-1), 'dropped')
      t.ok((peer?.connection?.bufferedAmount() ?? 0) > 500_000)
      peer?.connection?.end(4308, 'slow consumer')
      await until('the line to be cut', () => peer?.closedWith !== undefined)
      peer?.connection?.send('to nobody')
      peer?.connection?.ping()
      t.equal(peer?.connection?.bufferedAmount(), 0)
    })

    t.test('output that is read again is told', async (t) => {
      const { url, peers } = await serve(() => true)
      const socket = await openSocket(t, url)
      socket.pause()
      const [peer] = peers
      const block = new Uint8Array(500_000)
      await until('output to pile up', () => peer?.connection?.send(block) === 'buffered')
      socket.resume()
      await until('it to drain', () => peer?.connection?.bufferedAmount() === 0)
      t.ok((peer?.drained ?? 0) > 0)
    })

    t.test('a close says its code, and a cut says nothing', async (t) => {
      const { url, peers } = await serve(() => true)
      const sockets = [await openSocket(t, url), await openSocket(t, url)]
      const codes = sockets.map(closeCodeOf)
      peers[0]?.connection?.end(4301, 'draining')
      peers[1]?.connection?.terminate()
      t.same(await Promise.all(codes), [4301, 1006])
    })

    t.test('a port that is taken cannot be listened on', async (t) => {
      const { port } = await serve(() => true)
      const second = create<Peer>(OPTIONS, {} as TransportHandlers<Peer>)
      t.teardown(() => second.close())
      await t.rejects(second.listen('127.0.0.1', port), {
        exitCode: EXIT.temporary,
        message: new RegExp(`${port}.*REALTIME_PORT`),
      })
    })

    t.test('after stopListening nobody comes in, and who is in stays', async (t) => {
      const { transport, url } = await serve(() => true)
      const socket = await openSocket(t, url)
      const echo = new Promise((resolve) => {
        socket.on('message', (data) => resolve(String(data)))
      })
      transport.stopListening()
      await t.rejects(fetch(url.replace('ws', 'http')))
      socket.send('still here')
      t.equal(await echo, 'still here')
      const code = closeCodeOf(socket)
      transport.close()
      t.equal(await code, 1006)
    })
  })
}
