/**
 * The reference client: a counsellor's browser as it should behave, in Node. It numbers its frames,
 * keeps those not yet acknowledged, says `hello` on every connection and sends again what the server
 * says it has not. It is cheap enough to run by the hundred.
 */
import type { ServerMessage, SocketScope } from '@bemore/protocol'
import { openReturningSocket, type ReturningSocket } from './resuming-client-socket.js'
import { createFrameStream, type StreamCounts } from './resuming-client-stream.js'

export interface ResumingClientOptions {
  /** Where a socket goes; asked anew at every attempt, so a test can send it to another process. */
  readonly urlOf: (scope: SocketScope) => string
  /** The sockets to open; one of them must carry the landmarks. Default: the multiplexed one. */
  readonly scopes?: readonly SocketScope[]
  /** Stamps frames, Unix ms, and must not jump. */
  readonly now?: () => number
  readonly random?: () => number
  /** Time the unacknowledged frames may span, ms. */
  readonly ringMs?: number
  readonly backoff?: { readonly firstMs: number; readonly maxMs: number }
  readonly onMessage?: (message: ServerMessage, scope: SocketScope) => void
}

export interface ResumingClientCounts extends StreamCounts {
  readonly reconnects: number
  /** `ready` messages on the frames' socket: recovered, and with a new epoch. */
  readonly recovered: number
  readonly restarted: number
}

export interface ResumingClient {
  readonly counts: ResumingClientCounts
  readonly sockets: readonly ReturningSocket[]
  /** Frames are taken by the server: `ready` has come on this connection. */
  readonly ready: boolean
  /** Frames without an acknowledgement that could be sent again. */
  readonly unacked: number
  /**
   * Sends an encoded landmark frame; its number and time are written into `body`, which may serve for
   * any number of frames and clients. Never fails: without a connection, or credit, the frame is kept.
   */
  send(body: Uint8Array): void
  /** A message of the session channel, on the socket that carries it. @returns whether it went out. */
  command(type: 'pause' | 'resume' | 'end' | 'get_status'): boolean
  /** Resolves when every frame is acknowledged. @throws Error where no socket will come back. */
  settled(): Promise<void>
  /** Cuts all lines without a close. */
  drop(): void
  close(): void
}

const RING_MS = 20_000
const BACKOFF = { firstMs: 250, maxMs: 4_000 }
const SDK = 'bemore-testing/1'

export function createResumingClient(options: ResumingClientOptions): ResumingClient {
  const { urlOf, scopes = ['all'], random = Math.random, onMessage = () => {} } = options
  const now = options.now ?? (() => performance.timeOrigin + performance.now())
  const waiting = new Set<{ resolve: () => void; reject: (error: Error) => void }>()
  const restarts = { recovered: 0, restarted: 0 }
  let isReady = false
  let lastEventSeq: number | undefined

  const settle = () => {
    for (const { resolve } of waiting) resolve()
    waiting.clear()
  }
  const stream = createFrameStream(options.ringMs ?? RING_MS, (frame) => camera.send(frame), settle)
  const carriesFrames = (scope: SocketScope) => scope === 'landmarks' || scope === 'all'

  const hello = (scope: SocketScope): string => {
    const { epoch, generation, ackedSeq, lastSeq } = stream.resume
    const seqs = {
      ...(ackedSeq >= 0 && { ackedSeq: { landmarks: ackedSeq } }),
      ...(lastSeq >= 0 && { lastFrameSeq: { landmarks: lastSeq } }),
    }
    const resume = carriesFrames(scope) && epoch !== null ? { epoch, generation, ...seqs } : {}
    const data = { sdk: SDK, clientTime: now(), lastEventSeq, ...resume }
    return JSON.stringify({ type: 'hello', data })
  }

  const hear = (socket: ReturningSocket, message: ServerMessage) => {
    const { scope } = socket
    if (message.type === 'connected') socket.send(hello(scope))
    else if (message.type === 'ready' && carriesFrames(scope)) {
      if (message.data.recovered) restarts.recovered += 1
      else restarts.restarted += 1
      isReady = true
      stream.ready(message.data)
      lastEventSeq = Math.max(lastEventSeq ?? 0, message.data.eventSeq)
    } else if (message.type === 'ack') stream.ack(message.data)
    else if ('seq' in message) lastEventSeq = Math.max(lastEventSeq ?? 0, message.seq ?? 0)
    onMessage(message, scope)
  }

  const lose = (scope: SocketScope) => {
    if (!carriesFrames(scope)) return
    isReady = false
    stream.disconnected()
    if (camera.state !== 'over') return
    const error = new Error(`the frames' socket is over (${camera.lastCode ?? 'closed'})`)
    for (const { reject } of waiting) reject(error)
    waiting.clear()
  }

  const sockets = scopes.map((scope): ReturningSocket => {
    const socket: ReturningSocket = openReturningSocket({
      ...{ scope, urlOf, random, backoff: options.backoff ?? BACKOFF },
      onMessage: (message) => hear(socket, message),
      onLost: () => lose(scope),
    })
    return socket
  })
  const socketFor = (channel: SocketScope): ReturningSocket => {
    const found = sockets.find(({ scope }) => scope === channel || scope === 'all')
    if (found === undefined)
      throw new RangeError(`no socket of ${scopes.join()} carries ${channel}`)
    return found
  }
  const camera = socketFor('landmarks')

  return {
    get counts() {
      return { ...stream.counts, ...restarts, reconnects: camera.reconnects }
    },
    sockets,
    get ready() {
      return isReady
    },
    get unacked() {
      return stream.unacked
    },
    send: (body) => stream.take(body, now()),
    command: (type) => socketFor('session').send(JSON.stringify({ type })),
    settled() {
      if (stream.settled) return Promise.resolve()
      return new Promise((resolve, reject) => waiting.add({ resolve, reject }))
    },
    drop() {
      for (const socket of sockets) socket.drop()
    },
    close() {
      for (const socket of sockets) socket.close()
    },
  }
}
