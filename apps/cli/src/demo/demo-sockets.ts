// A socket that comes back. What a closed one means is in its close code, and only there; where it
// may come back to is a list, because a server can name an address that this client cannot reach,
// and the API's own host always takes the upgrade as well.
import { type Channel, CLOSE_CODES, shouldReconnect } from '@bemore/protocol'
import { WebSocket } from 'ws'
import { retryDelay } from './retry-delay.js'

export type SocketState = 'connecting' | 'open' | 'waiting' | 'refused' | 'closed'

export interface DemoSocket {
  readonly channel: Channel
  readonly state: SocketState
  /** How often it was open again after it had been open. */
  readonly reconnects: number
  /** False where it was not sent: not open, or more than a second of frames is still unsent. */
  send(payload: string | Uint8Array): boolean
  close(): void
}

export interface DemoSocketOptions {
  readonly channel: Channel
  /** In order of preference; at least one. */
  readonly urls: readonly string[]
  /** What is offered in the handshake; none where nobody is signed in. */
  readonly subprotocols?: readonly string[]
  readonly random: () => number
  readonly onMessage: (message: ReceivedMessage) => void
  readonly onState: (state: SocketState, why: string) => void
}

export interface ReceivedMessage {
  readonly type: string
  readonly data?: unknown
}

const HANDSHAKE_TIMEOUT_MS = 5_000
const BACKOFF = { firstMs: 250, maxMs: 4_000 }
const PING_MS = 15_000
const MAX_UNSENT_BYTES = 1_000_000
/** A refusal of the upgrade with one of these may be another answer soon. */
const TEMPORARY: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

export function openDemoSocket(options: DemoSocketOptions): DemoSocket {
  const { channel, urls, subprotocols = [], random, onMessage, onState } = options
  let state: SocketState = 'connecting'
  let socket: WebSocket | null = null
  let preferred = 0
  let failures = 0
  let opened = 0
  let retryTimer: NodeJS.Timeout | undefined

  const enter = (next: SocketState, why: string) => {
    state = next
    onState(next, why)
  }

  const connect = () => {
    const url = urls[preferred % urls.length] as string
    enter('connecting', url)
    const attempt = new WebSocket(url, [...subprotocols], {
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      perMessageDeflate: false,
    })
    socket = attempt
    let refusal: number | null = null
    let problem = ''
    attempt.on('open', () => {
      failures = 0
      opened += 1
      enter('open', url)
    })
    attempt.on('message', (bytes) => onMessage(readMessage(String(bytes))))
    attempt.on('unexpected-response', (_request, response) => {
      refusal = response.statusCode ?? 0
      problem = `upgrade refused with ${refusal}`
      attempt.terminate()
    })
    // 'close' always follows and decides; without this listener the error would be thrown.
    attempt.on('error', (error) => {
      problem ||= (error as NodeJS.ErrnoException).code ?? error.message
    })
    attempt.on('close', (code) => lost(code, refusal, problem || `closed with ${code}`))
  }

  const lost = (code: number, refusal: number | null, why: string) => {
    const wasOpen = state === 'open'
    socket = null
    if (state === 'closed') return
    if (code === CLOSE_CODES.normal.code) {
      enter('closed', 'the server has finished')
      return
    }
    if (refusal === null ? !shouldReconnect(code) : !TEMPORARY.has(refusal)) {
      enter('refused', why)
      return
    }
    if (!wasOpen) preferred += 1
    failures += 1
    retryTimer = setTimeout(connect, retryDelay(failures, BACKOFF, random))
    enter('waiting', why)
  }

  const pings = setInterval(() => {
    if (state === 'open') socket?.send('{"type":"ping"}')
  }, PING_MS)
  connect()

  return {
    channel,
    get state() {
      return state
    },
    get reconnects() {
      return Math.max(0, opened - 1)
    },
    send(payload) {
      if (socket === null || state !== 'open' || socket.bufferedAmount > MAX_UNSENT_BYTES)
        return false
      socket.send(payload)
      return true
    },
    close() {
      clearInterval(pings)
      clearTimeout(retryTimer)
      enter('closed', 'done')
      socket?.close(1000)
    },
  }
}

/** As a browser client does, one that is not understood is let pass. */
function readMessage(text: string): ReceivedMessage {
  try {
    const message: unknown = JSON.parse(text)
    if (typeof message === 'object' && message !== null && 'type' in message) {
      return message as ReceivedMessage
    }
  } catch {
    // Not JSON: said by the type below.
  }
  return { type: 'unreadable' }
}
