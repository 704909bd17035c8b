/**
 * A client that knows nothing of acknowledgements and behaves as the existing web client: three
 * sockets, JSON frames, a ping every 15 s on each, and a reconnect after 1, 2, 4, 8, 16 s.
 */
import { CHANNELS, type Channel } from '@bemore/protocol'
import { WebSocket } from 'ws'
import { createClientTally } from './client-tally.js'
import type { FrameSource } from './frame-source.js'
import type { SessionClient, StartedSession } from './session-client.js'

export interface PlainClientOptions {
  readonly session: StartedSession
  /** `ws://host:port` of its sockets. */
  readonly base: string
  readonly frames: FrameSource
  readonly framesPerSecond: number
}

const PING_MS = 15_000
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 16_000] as const
/** A socket with more than this unsent skips a frame: the browser would be dropping them too. */
const MAX_UNSENT_BYTES = 1_000_000

export function createPlainClient(options: PlainClientOptions): SessionClient {
  const { session, base, frames, framesPerSecond } = options
  const tally = createClientTally(session.startedAt)
  const sockets = new Map<Channel, WebSocket>()
  const timers = new Set<NodeJS.Timeout>()
  let closed = false
  let stopped = false
  let seq = 0
  let camera: NodeJS.Timeout | undefined

  const isOpen = (channel: Channel) => sockets.get(channel)?.readyState === WebSocket.OPEN
  const connect = (channel: Channel, attempt: number) => {
    const socket = new WebSocket(`${base}/ws/${channel}/${session.id}`)
    let failures = attempt
    sockets.set(channel, socket)
    socket.on('open', () => {
      failures = 0
      if (channel === 'landmarks') tally.connected()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      // Of a session that has ended nobody misses the sockets.
      if (closed || stopped) return
      if (channel === 'landmarks') tally.disconnected()
      const waitMs = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]
      const timer = setTimeout(() => {
        timers.delete(timer)
        connect(channel, failures + 1)
      }, waitMs)
      timers.add(timer)
    })
  }
  const ping = setInterval(() => {
    for (const [channel, socket] of sockets) if (isOpen(channel)) socket.send('{"type":"ping"}')
  }, PING_MS)

  const sendFrame = () => {
    const socket = sockets.get('landmarks')
    if (socket === undefined || !isOpen('landmarks')) return
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) return
    const nowMs = Date.now()
    socket.send(frames.json(seq, nowMs))
    seq += 1
    tally.countFrame(nowMs)
  }

  return {
    session,
    kind: 'plain',
    tally,
    get isConnected() {
      return CHANNELS.every(isOpen)
    },
    acknowledged: 0,
    unacknowledged: 0,
    announcedLost: 0,
    start() {
      for (const channel of CHANNELS) connect(channel, 0)
      camera = setInterval(sendFrame, 1_000 / framesPerSecond)
    },
    stopSending() {
      stopped = true
      clearInterval(camera)
    },
    close() {
      closed = true
      clearInterval(camera)
      clearInterval(ping)
      for (const timer of timers) clearTimeout(timer)
      for (const socket of sockets.values()) socket.terminate()
    },
  }
}
