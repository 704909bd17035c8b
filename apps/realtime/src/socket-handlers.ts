/** A socket's life in this process: opened, heard, closed. */
import type { Logger, RealtimeConfig } from '@bemore/ops'
import { announcedLimits } from './announced-limits.js'
import type { Clock } from './clock.js'
import type { MessageHandler } from './message-handler.js'
import { describePeer, type Peer, send, sendError } from './peer.js'
import { closeCodeLabel, type Traffic } from './traffic.js'
import type { Connection, TransportHandlers } from './transport/port.js'

export type SocketHandlers = Omit<TransportHandlers<Peer>, 'request' | 'upgrade'> & {
  /** Sockets of this process that are open on the wire. */
  readonly open: ReadonlySet<Peer>
}

export interface SocketHandlersDeps {
  readonly config: RealtimeConfig
  readonly log: Logger
  readonly clock: Clock
  readonly handleMessage: MessageHandler
  readonly traffic: Pick<Traffic, 'opened' | 'closed'>
}

export function createSocketHandlers(deps: SocketHandlersDeps): SocketHandlers {
  const { log, clock, handleMessage, traffic } = deps
  const limits = announcedLimits(deps.config)
  const open = new Set<Peer>()

  const greet = (peer: Peer, atMs: number): void => {
    const { session, scope, seats } = peer
    send(
      peer,
      {
        type: 'connected',
        data: {
          channel: scope,
          sessionId: session.id,
          status: session.status,
          serverTime: clock.wallMs(),
          limits,
          epoch: seats[0]?.connectionId ?? '',
        },
      },
      atMs,
    )
  }

  /** A fault of ours: it costs this client its message, and nobody else anything. */
  const fail = (peer: Peer, error: unknown): void => {
    const atMs = clock.monotonicMs()
    if (!peer.meters.errorReplies.take(atMs)) return
    log.error({ event: 'message.failed', ...describePeer(peer), err: error }, 'message failed')
    sendError(peer, 'INTERNAL', atMs)
  }

  return {
    open,
    abandoned(peer) {
      peer.session.reservations -= 1
    },
    opened(peer: Peer, connection: Connection) {
      const atMs = clock.monotonicMs()
      open.add(peer)
      traffic.opened.add(peer.scope)
      peer.connection = connection
      peer.lastSeenAt = atMs
      peer.lastPingAt = atMs
      greet(peer, atMs)
      peer.session.reservations -= 1
      peer.session.admit(peer)
      log.debug({ event: 'socket.opened', ...describePeer(peer) }, 'socket opened')
    },
    message(peer, bytes, isBinary) {
      try {
        handleMessage(peer, bytes, isBinary)
      } catch (error) {
        fail(peer, error)
      }
    },
    pong(peer) {
      peer.lastSeenAt = clock.monotonicMs()
    },
    drained(peer) {
      if (peer.connection?.bufferedAmount() === 0) peer.unsentSince = null
    },
    closed(peer, code) {
      open.delete(peer)
      traffic.closed.add(closeCodeLabel(code))
      if (!peer.closed) {
        peer.closed = true
        peer.session.dismiss(peer, code)
      }
      peer.connection = null
      log.debug({ event: 'socket.closed', ...describePeer(peer), code }, 'socket closed')
    },
  }
}
