import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { type Logger, type Pressure, spreadEvenly, type TokenBucket } from '@bemore/ops'
import type { ErrorCode } from '@bemore/protocol'
import { refuseUpgrade } from './refusal.js'
import { joinSockets } from './socket-pair.js'
import { buildUpgradeHead } from './upgrade-head.js'

/**
 * Lets clients that know only this host reach the realtime process: the upgrade request is replayed
 * to it and from there on bytes are passed, unread, both ways. Whatever realtime answers, a refusal
 * too, reaches the client as it is.
 */
export interface UpgradeSplice {
  /** Takes over the server's 'upgrade' event. */
  handle(request: IncomingMessage, socket: Socket, head: Buffer): void
  /** Takes no more, and ends those there are, spread over `spreadMs` so that they do not return at once. */
  drain(spreadMs: number): Promise<void>
  /** Sockets carried now. */
  readonly size: number
}

export interface UpgradeSpliceOptions {
  /** `http://host:port` of the realtime process. */
  readonly target: string
  readonly maxSockets: number
  readonly trustProxy: boolean
  /** Passes as many new sockets as this process takes. */
  readonly arrivals: TokenBucket
  readonly pressure: Pick<Pressure, 'level'>
  readonly log: Logger
  readonly onRefused?: (code: ErrorCode) => void
  /** Longest wait for the TCP connection, ms. */
  readonly connectTimeoutMs?: number
  /** Longest wait for realtime's answer to the upgrade, ms. */
  readonly answerTimeoutMs?: number
}

export function createUpgradeSplice(options: UpgradeSpliceOptions): UpgradeSplice {
  const { target, maxSockets, trustProxy, arrivals, pressure, log } = options
  const { connectTimeoutMs = 2_000, answerTimeoutMs = 5_000 } = options
  const { hostname, port } = new URL(target)
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) }
  const carried = new Set<Socket>()
  let draining = false
  let tellEmpty = () => {}

  const splice = (request: IncomingMessage, socket: Socket, head: Buffer, refuse: Refuse) => {
    carried.add(socket)
    const upstream = connect(address)
    let answered = false
    // One wait for the connection, then one for the answer; either passes without a byte to the client.
    const giveUp = () => upstream.destroy(new Error('no answer in time'))
    let timer = setTimeout(giveUp, connectTimeoutMs)

    socket.once('close', () => {
      clearTimeout(timer)
      if (!answered) upstream.destroy()
      carried.delete(socket)
      if (carried.size === 0) tellEmpty()
    })
    upstream.once('connect', () => {
      clearTimeout(timer)
      timer = setTimeout(giveUp, answerTimeoutMs)
      upstream.write(buildUpgradeHead(request, trustProxy))
      if (head.length > 0) upstream.write(head)
    })
    upstream.once('readable', () => {
      clearTimeout(timer)
      answered = upstream.readableLength > 0
      if (answered) joinSockets(socket, upstream)
      else upstream.destroy()
    })
    upstream.on('error', (error) => {
      if (answered || socket.destroyed) return
      const { message } = error
      log.warn(
        { event: 'splice.unreachable', detail: message },
        'the realtime process did not answer',
      )
    })
    upstream.once('close', () => {
      if (!answered && !socket.destroyed) refuse('REALTIME_UNREACHABLE')
    })
  }

  return {
    handle(request, socket, head) {
      // The parser let go of the socket: from here on its errors are ours.
      socket.on('error', () => socket.destroy())
      const refuse: Refuse = (code) => {
        const requestId = randomUUID()
        options.onRefused?.(code)
        log.info({ event: 'splice.refused', requestId, code }, 'refused an upgrade')
        refuseUpgrade(socket, code, requestId, request.headers['accept-language'])
      }
      if (!isSocketRequest(request)) refuse('ROUTE_NOT_FOUND')
      else if (draining) refuse('DRAINING')
      else if (carried.size >= maxSockets) refuse('SERVER_FULL')
      else if (pressure.level === 'refuse' || !arrivals.take(performance.now()))
        refuse('OVERLOADED')
      else splice(request, socket, head, refuse)
    },
    async drain(spreadMs) {
      draining = true
      if (carried.size === 0) return
      const emptied = new Promise<void>((resolve) => {
        tellEmpty = resolve
      })
      const sockets = [...carried]
      const momentOf = spreadEvenly(sockets.length, spreadMs)
      const timers = sockets.map((socket, place) =>
        setTimeout(() => socket.destroySoon(), momentOf(place)),
      )
      await emptied
      for (const timer of timers) clearTimeout(timer)
    },
    get size() {
      return carried.size
    },
  }
}

type Refuse = (code: ErrorCode) => void

function isSocketRequest({ method, url = '' }: IncomingMessage): boolean {
  return method === 'GET' && /^\/ws(?:[/?]|$)/.test(url)
}
