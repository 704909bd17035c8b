// A proxy that can behave as networks and servers do when they fail. The one that matters most is
// the half-open connection: open on both sides, while bytes (and the news of a closing) vanish. A
// connection that has lost bytes stays lost when the network is mended, as a real one would.
import { once } from 'node:events'
import net from 'node:net'

export interface TcpProxy {
  readonly port: number
  /** The URL with its host and port replaced by the proxy's. */
  through(url: string): string
  /** From now on bytes in these directions (default: both) vanish; connections stay open. */
  swallow(directions?: { readonly toServer?: boolean; readonly toClient?: boolean }): void
  /** Bytes pass again, but for connections that have lost some. */
  forward(): void
  /** Resets every connection. */
  cut(): void
  /** New connections are refused, until `accept`; those there are stay. */
  refuse(): Promise<void>
  accept(): Promise<void>
  /** Connections of clients, open as far as the client knows. */
  readonly connections: number
  /** Bytes that vanished so far. */
  readonly swallowedBytes: number
  close(): Promise<void>
}

interface Pair {
  readonly client: net.Socket
  readonly server: net.Socket
  readonly lost: { toServer: boolean; toClient: boolean }
}

type Direction = keyof Pair['lost']

/** Listens on a free port of 127.0.0.1 and connects each client to `target`. */
export async function createTcpProxy(target: {
  readonly host: string
  readonly port: number
}): Promise<TcpProxy> {
  const pairs = new Set<Pair>()
  let swallowed: Readonly<Record<Direction, boolean>> = { toServer: false, toClient: false }
  let swallowedBytes = 0

  const vanishes = (pair: Pair, direction: Direction) => {
    pair.lost[direction] ||= swallowed[direction]
    return pair.lost[direction]
  }

  const join = (client: net.Socket) => {
    const server = net.connect(target)
    const pair: Pair = { client, server, lost: { toServer: false, toClient: false } }
    pairs.add(pair)
    carry(pair, client, server, 'toServer')
    carry(pair, server, client, 'toClient')
  }

  const carry = (pair: Pair, from: net.Socket, to: net.Socket, direction: Direction) => {
    from.setNoDelay(true)
    from.on('data', (bytes) => {
      if (vanishes(pair, direction) || to.destroyed) {
        swallowedBytes += bytes.length
        return
      }
      if (to.write(bytes)) return
      from.pause()
      to.once('drain', () => from.resume())
    })
    from.on('end', () => {
      if (!vanishes(pair, direction)) to.end()
    })
    // A reset is carried on as the closing that follows it.
    from.on('error', () => {})
    from.on('close', () => {
      if (!vanishes(pair, direction)) to.destroy()
      if (pair.client.destroyed && pair.server.destroyed) pairs.delete(pair)
    })
  }

  const listener = net.createServer({ allowHalfOpen: true }, join)
  const listen = async (port: number) => {
    listener.listen(port, '127.0.0.1')
    await once(listener, 'listening')
  }
  await listen(0)
  const { port } = listener.address() as net.AddressInfo

  const cut = () => {
    for (const { client, server } of pairs) {
      if (!client.destroyed) client.resetAndDestroy()
      server.destroy()
    }
    pairs.clear()
  }
  const refuse = () =>
    new Promise<void>((resolve) => {
      // Its callback waits for connections to end, which they need not.
      if (listener.listening) listener.close()
      setImmediate(resolve)
    })

  return {
    port,
    through(url) {
      const address = new URL(url)
      address.host = `127.0.0.1:${port}`
      return address.href
    },
    swallow(directions = { toServer: true, toClient: true }) {
      const { toServer = false, toClient = false } = directions
      swallowed = { toServer, toClient }
    },
    forward() {
      swallowed = { toServer: false, toClient: false }
    },
    cut,
    refuse,
    accept: () => listen(port),
    get connections() {
      return [...pairs].filter(({ client }) => !client.destroyed).length
    },
    get swallowedBytes() {
      return swallowedBytes
    },
    async close() {
      await refuse()
      cut()
    },
  }
}
