/**
 * The network between the processes and their database: two proxies, so that the LISTEN connection
 * can suffer what the pool does not. Who is who is in the first message of a PostgreSQL connection,
 * which names the application in plain text.
 */
import { once } from 'node:events'
import net from 'node:net'
import { createTcpProxy, type TcpProxy } from '@bemore/testing'

export interface DatabaseRoute {
  /** `url`, by way of the proxies. */
  through(url: string): string
  /** Of the LISTEN connections. */
  readonly bus: TcpProxy
  /** Of all others. */
  readonly pool: TcpProxy
  close(): Promise<void>
}

const HOST = '127.0.0.1'
const BUS = Buffer.from('bemore-bus\0')

export async function createDatabaseRoute(port: number): Promise<DatabaseRoute> {
  const target = { host: HOST, port }
  const [bus, pool] = [await createTcpProxy(target), await createTcpProxy(target)]
  const open = new Set<net.Socket>()

  const join = (client: net.Socket) => {
    open.add(client)
    client.setNoDelay(true)
    client.on('error', () => {})
    client.on('close', () => open.delete(client))
    client.once('data', (startup) => {
      client.pause()
      const proxy = startup.includes(BUS) ? bus : pool
      const server = net.connect({ host: HOST, port: proxy.port, noDelay: true })
      server.on('error', () => {})
      server.write(startup)
      client.pipe(server).pipe(client)
      // Resets and refusals beyond the proxy must be felt here; `pipe` carries only ends.
      server.on('close', () => client.destroy())
      client.on('close', () => server.destroy())
    })
  }
  const listener = net.createServer(join)
  listener.listen(0, HOST)
  await once(listener, 'listening')
  const { port: front } = listener.address() as net.AddressInfo

  return {
    bus,
    pool,
    through(url) {
      const address = new URL(url)
      address.host = `${HOST}:${front}`
      return address.href
    },
    async close() {
      listener.close()
      for (const client of open) client.destroy()
      await Promise.all([bus.close(), pool.close()])
    },
  }
}
