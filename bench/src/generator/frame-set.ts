import { readFileSync } from 'node:fs'
import {
  createLandmarkFrame,
  encodeLandmarksF32,
  encodeLandmarksU16,
  type LandmarkFrame,
} from '@bemore/protocol'
import { buildClientFrame, type ClientFrame, OPCODE } from './client-frame.js'

/** Forms a landmark frame can travel in. */
export const ENCODINGS = ['json', 'f32', 'u16'] as const
export type Encoding = (typeof ENCODINGS)[number]

interface Point {
  readonly x: number
  readonly y: number
  readonly z: number
}

/** How far a face moves between two frames, in picture sizes: a person sitting still, talking. */
const SWAY = 0.01
const JITTER = 0.0005
/** How far the jaw drops when the mouth is open. */
const OPENING = 0.04
/** Middle of the upper lip's inner edge: what lies below it moves with the jaw. */
const UPPER_LIP = 13
/** A 4:3 camera. */
const ASPECT = 4 / 3
const TIMESTAMP_DIGITS = 13

/** A captured frame of 478 points, as the web client sent it. */
export function readSamplePoints(): readonly Point[] {
  const file = new URL('../../../../packages/testing/data/landmarks-frame.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { data: Point[] }).data
}

/**
 * The same face a moment later, `step` moments on, with its mouth open or shut: an expression that
 * never changed would spare a server its live estimates. Deterministic: every run sends these faces.
 */
export function varyFace(points: readonly Point[], step: number, mouthOpen: boolean): Point[] {
  let seed = (Math.imul(step, 0x9e37_79b1) + 1) >>> 0
  const noise = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return (seed / 0xffff_ffff - 0.5) * 2 * JITTER
  }
  const dx = SWAY * Math.sin(step * 0.9)
  const dy = SWAY * Math.cos(step * 0.7)
  const mouth = points[UPPER_LIP]?.y ?? 1
  // The face model gives 32-bit floats, which JSON then writes with the digits of a double.
  return points.map(({ x, y, z }) => ({
    x: Math.fround(x + dx + noise()),
    y: Math.fround(y + dy + noise() + (mouthOpen && y > mouth ? OPENING : 0)),
    z: Math.fround(z + noise()),
  }))
}

export function toLandmarkFrame(points: readonly Point[]): LandmarkFrame {
  const frame = createLandmarkFrame()
  frame.points.set(points.flatMap(({ x, y, z }) => [x, y, z]))
  return Object.assign(frame, {
    count: points.length,
    aspect: ASPECT,
    faceInView: true,
    seq: 0,
    clientTimeMs: Date.now(),
  })
}

export function encodeJson(points: readonly Point[], timestamp: number): Buffer {
  return Buffer.from(JSON.stringify({ type: 'landmarks', data: points, timestamp }))
}

/** A finished frame whose time and number are set at each sending, as a client's would be. */
export interface StampedFrame {
  readonly bytes: Buffer
  stamp(seq: number, timeMs: number): void
}

export function buildStampedFrame(encoding: Encoding, points: readonly Point[]): StampedFrame {
  if (encoding === 'json') return stampJson(encodeJson(points, Date.now()))
  const encode = encoding === 'f32' ? encodeLandmarksF32 : encodeLandmarksU16
  return buildStampedBinary(encode(toLandmarkFrame(points)))
}

function stampJson(text: Buffer): StampedFrame {
  const frame = buildClientFrame(OPCODE.text, text)
  const digitsAt = text.length - 1 - TIMESTAMP_DIGITS
  return {
    bytes: frame.bytes,
    stamp: (_seq, timeMs) => frame.overwrite(digitsAt, Buffer.from(String(Math.trunc(timeMs)))),
  }
}

/** A binary frame of any kind. */
export const buildStampedBinary = (payload: Uint8Array): StampedFrame =>
  stampBinary(buildClientFrame(OPCODE.binary, payload))

/** `seq` is at byte 4 of the header, the client's time at byte 8. */
function stampBinary(frame: ClientFrame): StampedFrame {
  const stamp = Buffer.alloc(12)
  return {
    bytes: frame.bytes,
    stamp(seq, timeMs) {
      stamp.writeUInt32LE(seq, 0)
      stamp.writeDoubleLE(timeMs, 4)
      frame.overwrite(4, stamp)
    },
  }
}
