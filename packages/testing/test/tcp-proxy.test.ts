import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { createTcpProxy } from '../src/tcp-proxy.js'

/** A server that answers every byte with itself, behind a proxy. */
async function openEcho(t: Test) {
  const server = net.createServer((socket) => {
    socket.on('error', () => {})
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as net.AddressInfo
  const proxy = await createTcpProxy({ host: '127.0.0.1', port })
  t.teardown(() => proxy.close())
  const dial = async () => {
    const client = net.connect(proxy.port, '127.0.0.1')
    t.teardown(() => client.destroy())
    await once(client, 'connect')
    return client
  }
  return { proxy, dial }
}

async function echo(client: net.Socket, text: string): Promise<string> {
  client.write(text)
  const [bytes] = await once(client, 'data')
  return String(bytes)
}

t.test('bytes pass both ways, and a closing does', async (t) => {
  const { proxy, dial } = await openEcho(t)
  const client = await dial()
  t.equal(await echo(client, 'hello'), 'hello')
  t.equal(proxy.connections, 1)
  client.end()
  await once(client, 'close')
})

t.test('a connection that lost bytes stays open, silent and lost', async (t) => {
  const { proxy, dial } = await openEcho(t)
  const client = await dial()
  await echo(client, 'before')
  const heard: string[] = []
  client.on('data', (bytes) => heard.push(String(bytes)))
  proxy.swallow({ toClient: true })
  client.write('lost')
  while (proxy.swallowedBytes < 'lost'.length) await sleep(1)
  proxy.forward()
  const fresh = await dial()
  client.write('still lost')
  t.equal(await echo(fresh, 'whole'), 'whole', 'a new connection is')
  while (proxy.swallowedBytes < 'loststill lost'.length) await sleep(1)
  t.same(heard, [])
  t.notOk(client.destroyed)
})

t.test('connections can be cut, refused and accepted again', async (t) => {
  const { proxy, dial } = await openEcho(t)
  const client = await dial()
  await echo(client, 'hello')
  const reset = once(client, 'error')
  proxy.cut()
  t.match(await reset, [{ code: 'ECONNRESET' }])
  await proxy.refuse()
  await t.rejects(dial(), { code: 'ECONNREFUSED' })
  await proxy.accept()
  t.equal(await echo(await dial(), 'back'), 'back')
})
