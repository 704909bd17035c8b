import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { type WebSocket, WebSocketServer } from 'ws'
import { type DemoSocket, openDemoSocket, type SocketState } from '../src/demo/demo-sockets.js'
import { until } from './fixtures/until.js'

interface Harness {
  readonly url: string
  readonly sockets: WebSocket[]
  /** HTTP statuses to refuse the next upgrades with. */
  readonly refusals: number[]
  stop(): Promise<void>
}

async function startServer(test: { teardown(fn: () => unknown): void }): Promise<Harness> {
  const server = createServer()
  const wss = new WebSocketServer({ noServer: true })
  const sockets: WebSocket[] = []
  const refusals: number[] = []
  server.on('upgrade', (request, socket, head) => {
    const status = refusals.shift()
    if (status === undefined) {
      wss.handleUpgrade(request, socket, head, (ws) => sockets.push(ws))
      return
    }
    socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = async () => {
    for (const socket of sockets) socket.terminate()
    server.close()
  }
  test.teardown(stop)
  const { port } = server.address() as AddressInfo
  return { url: `ws://127.0.0.1:${port}/ws/landmarks/sess_x`, sockets, refusals, stop }
}

function open(test: { teardown(fn: () => unknown): void }, urls: readonly string[]) {
  const states: [SocketState, string][] = []
  const types: string[] = []
  const socket: DemoSocket = openDemoSocket({
    channel: 'landmarks',
    urls,
    random: () => 0,
    onMessage: ({ type }) => types.push(type),
    onState: (state, why) => states.push([state, why]),
  })
  test.teardown(() => socket.close())
  const reaches = (state: SocketState) => until(`it is ${state}`, () => socket.state === state)
  return { socket, states, types, reaches }
}

for (const code of [1001, 1011, 4301, 4308]) {
  t.test(`comes back after ${code}`, async (t) => {
    const server = await startServer(t)
    const { socket, reaches } = open(t, [server.url])
    await reaches('open')
    server.sockets[0]?.close(code)
    await reaches('waiting')
    t.notOk(socket.send('lost'))
    await reaches('open')
    t.equal(socket.reconnects, 1)
  })
}

t.test('comes back after the connection was cut without a word', async (t) => {
  const server = await startServer(t)
  const { socket, states, reaches } = open(t, [server.url])
  await reaches('open')
  server.sockets[0]?.terminate()
  await until('it is back', () => socket.reconnects === 1)
  t.ok(states.some(([state, why]) => state === 'waiting' && why === 'closed with 1006'))
})

for (const code of [4404, 4409, 4410]) {
  t.test(`stays away after ${code}`, async (t) => {
    const server = await startServer(t)
    const { states, reaches } = open(t, [server.url])
    await reaches('open')
    server.sockets[0]?.close(code)
    await reaches('refused')
    t.same(states.at(-1), ['refused', `closed with ${code}`])
  })
}

t.test(
  'tries again after an upgrade refused for now, not after one refused for good',
  async (t) => {
    const server = await startServer(t)
    server.refusals.push(503, 429)
    const patient = open(t, [server.url])
    await patient.reaches('open')
    t.same(
      patient.states.filter(([state]) => state === 'waiting').map(([, why]) => why),
      ['upgrade refused with 503', 'upgrade refused with 429'],
    )
    server.refusals.push(410)
    const told = open(t, [server.url])
    await told.reaches('refused')
    t.same(told.states.at(-1), ['refused', 'upgrade refused with 410'])
  },
)

t.test('goes to the next address where one cannot be reached, and stays with it', async (t) => {
  const gone = await startServer(t)
  await gone.stop()
  const server = await startServer(t)
  const { socket, states, reaches } = open(t, [gone.url, server.url])
  await reaches('open')
  server.sockets[0]?.close(4301)
  await until('it is back', () => socket.reconnects === 1)
  const tried = states.filter(([state]) => state === 'connecting').map(([, url]) => url)
  t.same(tried, [gone.url, server.url, server.url])
})

t.test('hears messages, and lets pass what is none', async (t) => {
  const server = await startServer(t)
  const { types, reaches } = open(t, [server.url])
  await reaches('open')
  for (const text of ['{"type":"pong"}', 'not json', '[]', 'null']) server.sockets[0]?.send(text)
  await until('all came', () => types.length === 4)
  t.same(types, ['pong', 'unreadable', 'unreadable', 'unreadable'])
})

t.test('a normal close by the server is the end of it', async (t) => {
  const server = await startServer(t)
  const { socket, reaches } = open(t, [server.url])
  await reaches('open')
  server.sockets[0]?.close(1000)
  await reaches('closed')
  t.equal(socket.reconnects, 0)
})

t.test('close is for good', async (t) => {
  const server = await startServer(t)
  const { socket, reaches } = open(t, [server.url])
  await reaches('open')
  socket.close()
  const [code] = (await once(server.sockets[0] as WebSocket, 'close')) as [number]
  t.equal(code, 1000)
  t.equal(socket.state, 'closed')
})
