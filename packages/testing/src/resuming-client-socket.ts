/**
 * A socket that comes back: what a close means is in its code, and a refused upgrade says whether to
 * try again. Reconnects are spread by jitter, and a draining server's wish is honoured.
 */
import { type ServerMessage, type SocketScope, shouldReconnect } from '@bemore/protocol'
import { WebSocket } from 'ws'

export interface ReturningSocket {
  readonly scope: SocketScope
  /** `over`: it will not come back. */
  readonly state: 'connecting' | 'open' | 'waiting' | 'over'
  readonly reconnects: number
  /** Close code, or status of the refused upgrade, of the connection before; null: none. */
  readonly lastCode: number | null
  /** @returns whether it went out. */
  send(message: string | Uint8Array): boolean
  /** Cuts the line without a close, as a lost network does; it comes back by itself. */
  drop(): void
  /** Closes in order and stays closed. */
  close(): void
}

export interface ReturningSocketOptions {
  readonly scope: SocketScope
  /** Where to go this time: asked anew before every attempt. */
  readonly urlOf: (scope: SocketScope) => string
  readonly random: () => number
  readonly backoff: { readonly firstMs: number; readonly maxMs: number }
  onMessage(message: ServerMessage): void
  /** Each time a connection that was open is gone, and when it is known that none will follow. */
  onLost(): void
}

const HANDSHAKE_TIMEOUT_MS = 5_000
/** Less than half of what the server waits for a sign of life. */
const PING_MS = 15_000
/** A refusal of the upgrade with one of these may be another answer soon. */
const TEMPORARY: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

export function openReturningSocket(options: ReturningSocketOptions): ReturningSocket {
  const { scope, urlOf, random, backoff, onMessage, onLost } = options
  let state: ReturningSocket['state'] = 'connecting'
  let socket: WebSocket | null = null
  let failures = 0
  let opened = 0
  let lastCode: number | null = null
  /** From `draining`: when the server would like to see us again, ms after the close. */
  let askedDelayMs = 0
  let timer: NodeJS.Timeout | undefined

  const connect = () => {
    state = 'connecting'
    const attempt = new WebSocket(urlOf(scope), {
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      perMessageDeflate: false,
    })
    socket = attempt
    let refusal: number | null = null
    attempt.on('open', () => {
      state = 'open'
      failures = 0
      opened += 1
    })
    attempt.on('message', (bytes) => {
      const message = JSON.parse(String(bytes)) as ServerMessage
      if (message.type === 'draining') askedDelayMs = message.data.reconnectAfterMs
      onMessage(message)
    })
    attempt.on('unexpected-response', (_request, response) => {
      refusal = response.statusCode ?? 0
      attempt.terminate()
    })
    // 'close' always follows and decides; without this listener the error would be thrown.
    attempt.on('error', () => {})
    attempt.on('close', (code) => {
      if (socket === attempt) lost(refusal ?? code, refusal)
    })
  }

  const lost = (code: number, refusal: number | null) => {
    socket = null
    lastCode = code
    if (state === 'over') return
    const returns = refusal === null ? shouldReconnect(code) : TEMPORARY.has(refusal)
    state = returns ? 'waiting' : 'over'
    if (returns) timer = setTimeout(connect, nextDelay())
    onLost()
  }
  /** Full jitter over a doubling span, or what the server asked for. */
  const nextDelay = () => {
    const span = Math.min(backoff.maxMs, backoff.firstMs * 2 ** failures)
    const delay = askedDelayMs > 0 ? askedDelayMs : span * (0.5 + random() / 2)
    askedDelayMs = 0
    failures += 1
    return delay
  }

  const pings = setInterval(() => {
    if (state === 'open') socket?.send('{"type":"ping"}')
  }, PING_MS)
  connect()

  return {
    scope,
    get state() {
      return state
    },
    get reconnects() {
      return Math.max(0, opened - 1)
    },
    get lastCode() {
      return lastCode
    },
    send(message) {
      if (socket === null || state !== 'open') return false
      // A frame's body is used again at once: masking makes ws copy it before this returns.
      socket.send(message)
      return true
    },
    drop() {
      socket?.terminate()
    },
    close() {
      clearInterval(pings)
      clearTimeout(timer)
      const open = socket
      state = 'over'
      if (open === null) onLost()
      else open.close(1000)
    },
  }
}
