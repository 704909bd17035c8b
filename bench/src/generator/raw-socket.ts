import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { buildClientFrame, createFrameReader, OPCODE } from './client-frame.js'

/**
 * A WebSocket client reduced to what a load generator needs: a handshake, finished frames written as
 * they are, and the time from a protocol `ping` to its `pong`. A library's masking, copying and
 * events would cost the generator more than the fastest server under test spends on a frame.
 */
export interface RawSocket {
  /** Bytes handed over that the kernel has not taken. */
  readonly unsentBytes: number
  write(frame: Buffer): void
  /** Asks for a `pong`; the answer may be far away, behind every frame written before. */
  ping(): void
  /** Resolves at the pong of every ping so far: the server has then handled all that was written. */
  drained(timeoutMs: number): Promise<void>
  close(): void
}

export interface RawSocketOptions {
  readonly host: string
  readonly port: number
  readonly path: string
  readonly timeoutMs: number
  /** Milliseconds from a ping to its pong. */
  readonly onPong: (latencyMs: number) => void
  /** Every text or binary message of the server, pongs among them. */
  readonly onMessage: () => void
  /** The socket ended although nobody asked for it. */
  readonly onLost: (reason: string) => void
}

const PING = buildClientFrame(OPCODE.text, Buffer.from('{"type":"ping"}')).bytes
const CLOSE = buildClientFrame(OPCODE.close, Buffer.from([0x03, 0xe8])).bytes
/** Both servers put the type first; looking no further keeps a long message cheap. */
const TYPE_BYTES = 24
const PONG = Buffer.from('"pong"')
/** In place of the moment of a ping that asks for the end of the backlog, not for a latency. */
const UNTIMED = -1

export async function openRawSocket(options: RawSocketOptions): Promise<RawSocket> {
  const { socket, rest } = await upgrade(options)
  const pingedAt: number[] = []
  let waiting: (() => void) | undefined
  let closing = false

  const read = createFrameReader((opcode, payload) => {
    if (opcode === OPCODE.ping) {
      socket.write(buildClientFrame(OPCODE.pong, payload).bytes)
      return
    }
    if (opcode !== OPCODE.text && opcode !== OPCODE.binary) return
    options.onMessage()
    if (!payload.subarray(0, TYPE_BYTES).includes(PONG)) return
    const at = pingedAt.shift() ?? UNTIMED
    if (at !== UNTIMED) options.onPong(performance.now() - at)
    if (pingedAt.length === 0) waiting?.()
  })
  socket.on('data', read)
  socket.on('close', () => {
    if (!closing) options.onLost('closed by the server')
  })
  read(rest)

  const ping = (at: number) => {
    pingedAt.push(at)
    socket.write(PING)
  }
  return {
    get unsentBytes() {
      return socket.writableLength
    },
    write(frame) {
      socket.write(frame)
    },
    ping: () => ping(performance.now()),
    drained(timeoutMs) {
      ping(UNTIMED)
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`no pong within ${timeoutMs} ms of the last frame`)),
          timeoutMs,
        )
        waiting = () => {
          clearTimeout(timer)
          waiting = undefined
          resolve()
        }
      })
    },
    close() {
      closing = true
      socket.end(CLOSE)
      socket.destroySoon()
    },
  }
}

/** The HTTP/1.1 upgrade of RFC 6455 §4.1; `rest` is what followed the reply in the same segment. */
function upgrade(options: RawSocketOptions): Promise<{ socket: Socket; rest: Buffer }> {
  const { host, port, path, timeoutMs } = options
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true })
    let head = Buffer.alloc(0)
    let settled = false
    const settle = (error: Error | null, rest: Buffer = head) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      socket.removeAllListeners('data')
      socket.removeAllListeners('close')
      if (error === null) resolve({ socket, rest })
      else {
        socket.destroy()
        reject(error)
      }
    }
    const timer = setTimeout(
      () => settle(new Error(`no upgrade of ${path} within ${timeoutMs} ms`)),
      timeoutMs,
    )
    // Stays for the socket's life: a reset after the upgrade ends in 'close', which reports it.
    socket.on('error', (error) => settle(error))
    socket.on('close', () => settle(new Error(`${path}: closed during the upgrade`)))
    socket.on('data', (chunk: Buffer) => {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      const status = head.subarray(0, head.indexOf('\r\n')).toString('latin1')
      if (!status.startsWith('HTTP/1.1 101')) settle(new Error(`${path}: ${status}`))
      else settle(null, head.subarray(end + 4))
    })
    socket.write(
      [
        `GET ${path} HTTP/1.1`,
        `Host: ${host}:${port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        '\r\n',
      ].join('\r\n'),
    )
  })
}
