import { randomFillSync } from 'node:crypto'

/** WebSocket opcodes (RFC 6455 §5.2) that a client of this benchmark meets. */
export const OPCODE = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const
export type Opcode = (typeof OPCODE)[keyof typeof OPCODE]

const FINAL = 0x80
const MASKED = 0x80
const LENGTH_16 = 126
const LENGTH_64 = 127
const KEY_BYTES = 4

/** A whole masked frame, ready for the wire, of which single payload bytes can be written anew. */
export interface ClientFrame {
  readonly bytes: Buffer
  /** Puts `payload` at `offset` of the payload, under the frame's mask. */
  overwrite(offset: number, payload: Uint8Array): void
}

/** Masks once what is sent a thousand times: the generator's own cost must not be part of the load. */
export function buildClientFrame(opcode: Opcode, payload: Uint8Array): ClientFrame {
  const header = headerOf(opcode, payload.length)
  const bytes = Buffer.alloc(header.length + KEY_BYTES + payload.length)
  header.copy(bytes)
  const key = bytes.subarray(header.length, header.length + KEY_BYTES)
  randomFillSync(key)
  const start = header.length + KEY_BYTES
  const overwrite = (offset: number, part: Uint8Array) => {
    for (let i = 0; i < part.length; i++) {
      bytes[start + offset + i] = part[i]! ^ key[(offset + i) % KEY_BYTES]!
    }
  }
  overwrite(0, payload)
  return { bytes, overwrite }
}

function headerOf(opcode: Opcode, length: number): Buffer {
  const first = FINAL | opcode
  if (length < LENGTH_16) return Buffer.from([first, MASKED | length])
  if (length < 0x1_0000) {
    const header = Buffer.from([first, MASKED | LENGTH_16, 0, 0])
    header.writeUInt16BE(length, 2)
    return header
  }
  const header = Buffer.alloc(10)
  header[0] = first
  header[1] = MASKED | LENGTH_64
  header.writeBigUInt64BE(BigInt(length), 2)
  return header
}

/**
 * Cuts a server's byte stream (frames without a mask) into frames. `onFrame` gets a view that is
 * good during the call. Continuations and extensions do not occur: both servers send whole frames.
 */
export function createFrameReader(
  onFrame: (opcode: number, payload: Buffer) => void,
): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let pos = 0
    for (;;) {
      const payload = payloadRange(bytes, pos)
      if (payload === null) break
      onFrame(bytes[pos]! & 0x0f, bytes.subarray(payload.start, payload.end))
      pos = payload.end
    }
    rest = bytes.subarray(pos)
  }
}

/** null: not all of the frame is there yet. */
function payloadRange(bytes: Buffer, pos: number): { start: number; end: number } | null {
  if (bytes.length < pos + 2) return null
  const short = bytes[pos + 1]! & 0x7f
  const start = pos + (short === LENGTH_16 ? 4 : short === LENGTH_64 ? 10 : 2)
  if (bytes.length < start) return null
  const length =
    short === LENGTH_16
      ? bytes.readUInt16BE(pos + 2)
      : short === LENGTH_64
        ? Number(bytes.readBigUInt64BE(pos + 2))
        : short
  const end = start + length
  return bytes.length < end ? null : { start, end }
}
