/**
 * What stands before many instances of a service: each new connection goes to the next of them, and
 * to another where that one refuses. It looks at nothing else, as a platform's router does that sends
 * a WebSocket to any instance.
 */
import { once } from 'node:events'
import net from 'node:net'

export interface Balancer {
  readonly port: number
  /** New connections go to these ports from now on; those there are stay. */
  route(ports: readonly number[]): void
  close(): void
}

const HOST = '127.0.0.1'

export async function createBalancer(ports: readonly number[]): Promise<Balancer> {
  const open = new Set<net.Socket>()
  let targets = ports
  let turn = 0

  const dial = (client: net.Socket, left: readonly number[]) => {
    const [port, ...others] = left
    if (port === undefined) {
      client.resetAndDestroy()
      return
    }
    const server = net.connect({ host: HOST, port, noDelay: true })
    server.once('connect', () => {
      server.off('error', next)
      server.on('error', () => client.destroy())
      server.on('close', () => client.destroy())
      client.on('close', () => server.destroy())
      client.pipe(server).pipe(client)
    })
    const next = () => dial(client, others)
    server.once('error', next)
  }
  const listener = net.createServer({ noDelay: true }, (client) => {
    open.add(client)
    client.on('error', () => {})
    client.on('close', () => open.delete(client))
    turn += 1
    dial(client, [
      ...targets.slice(turn % targets.length),
      ...targets.slice(0, turn % targets.length),
    ])
  })
  listener.listen(0, HOST)
  await once(listener, 'listening')

  return {
    port: (listener.address() as net.AddressInfo).port,
    route(next) {
      targets = next
    },
    close() {
      listener.close()
      for (const client of open) client.destroy()
    },
  }
}
