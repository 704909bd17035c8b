/**
 * The 16 bytes every binary frame begins with, little-endian:
 * `u8 version=1 | u8 kind | u16 flags | u32 seq | f64 clientTime(ms)`.
 * Flag bits not named here are ignored, so that a newer client can set them.
 */
import type { FrameProblem, FrameVerdict } from './frame-problem.js'

export const FRAME_VERSION = 1
export const FRAME_HEADER_BYTES = 16

export const FRAME_KIND = { landmarksF32: 1, landmarksU16: 2, voice: 3 } as const
export const FRAME_FLAG = { mirrored: 1, noFace: 2, muted: 4 } as const

/** The largest frame number: `seq` is 32 bits on the wire. */
export const MAX_SEQ = 0xffff_ffff

/** The last millisecond an ECMAScript Date can hold; beyond it `new Date(t)` is invalid. */
const MAX_TIME_MS = 8.64e15

export const isSeq = (value: number): boolean => value >= 0 && value <= MAX_SEQ && value % 1 === 0

/** Milliseconds since 1970 that a Date can show; fractions are allowed, NaN is not. */
export const isClientTime = (ms: number): boolean => ms >= 0 && ms <= MAX_TIME_MS

/** Which decoder a binary message is for, from its first two bytes. */
export function binaryFrameKind(bytes: Uint8Array): 'landmarks' | 'voice' | FrameProblem {
  if (bytes.length < 2) return 'TRUNCATED'
  if (bytes[0] !== FRAME_VERSION) return 'BAD_VERSION'
  switch (bytes[1]) {
    case FRAME_KIND.landmarksF32:
    case FRAME_KIND.landmarksU16:
      return 'landmarks'
    case FRAME_KIND.voice:
      return 'voice'
    default:
      return 'UNKNOWN_KIND'
  }
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Checks the header for a decoder of `family`; on `ok` the readers below are safe to call. */
export function checkFrameHeader(bytes: Uint8Array, family: 'landmarks' | 'voice'): FrameVerdict {
  const kind = binaryFrameKind(bytes)
  if (kind !== family) return kind === 'landmarks' || kind === 'voice' ? 'UNEXPECTED_KIND' : kind
  return bytes.length < FRAME_HEADER_BYTES ? 'TRUNCATED' : 'ok'
}

export const readKind = (view: DataView): number => view.getUint8(1)
export const readFlags = (view: DataView): number => view.getUint16(2, true)
export const readSeq = (view: DataView): number => view.getUint32(4, true)
export const readClientTime = (view: DataView): number => view.getFloat64(8, true)

/**
 * The number and the time of a frame that is not decoded (yet). The message must be as long as a
 * header; the time may be anything a float can be.
 */
export const peekSeq = (bytes: Uint8Array): number => readSeq(viewOf(bytes))
export const peekClientTime = (bytes: Uint8Array): number => readClientTime(viewOf(bytes))

/** Numbers and dates a frame that is already encoded, so that one body serves many frames. */
export function restampFrame(bytes: Uint8Array, seq: number, clientTimeMs: number): void {
  const view = viewOf(bytes)
  writeFrameHeader(view, readKind(view), readFlags(view), seq, clientTimeMs)
}

/** @throws RangeError when `seq` or `clientTimeMs` cannot be sent. */
export function writeFrameHeader(
  view: DataView,
  kind: number,
  flags: number,
  seq: number,
  clientTimeMs: number,
): void {
  if (!isSeq(seq)) throw new RangeError(`seq must be an unsigned 32-bit integer, not ${seq}`)
  if (!isClientTime(clientTimeMs)) {
    throw new RangeError(`clientTimeMs must be milliseconds since 1970, not ${clientTimeMs}`)
  }
  view.setUint8(0, FRAME_VERSION)
  view.setUint8(1, kind)
  view.setUint16(2, flags, true)
  view.setUint32(4, seq, true)
  view.setFloat64(8, clientTimeMs, true)
}
