/**
 * Landmark frames as bytes, little-endian, after the 16-byte header:
 * - kind 1: `u16 count | u16 aspect×1000 | count×3 f32`
 * - kind 2: `u16 count | u16 aspect×1000 | f32 origin[3] | f32 scale[3] | count×3 u16`,
 *   where coordinate = origin + q × scale / 65535 and the box origin..origin+scale bounds the face.
 *
 * A message may begin at any byte offset, where no Float32Array can be laid over it. So f32 points
 * are copied as bytes, at half the cost of reading them one by one through a DataView; it makes f32
 * little-endian on the host's side too, as every browser and every build of uWebSockets.js is. For
 * u16, where each value is computed anyway, the DataView costs the same as an aligned view.
 */
import {
  checkFrameHeader,
  FRAME_FLAG,
  FRAME_HEADER_BYTES,
  FRAME_KIND,
  isClientTime,
  readClientTime,
  readFlags,
  readKind,
  readSeq,
  viewOf,
  writeFrameHeader,
} from './frame-header.js'
import type { FrameVerdict } from './frame-problem.js'
import {
  COORDINATE_LIMIT,
  checkCoordinates,
  isAspect,
  isFaceCount,
  type LandmarkFrame,
} from './landmark-frame.js'

const COUNT_AT = FRAME_HEADER_BYTES
const ASPECT_AT = COUNT_AT + 2
const F32_POINTS_AT = ASPECT_AT + 2
const ORIGIN_AT = ASPECT_AT + 2
const SCALE_AT = ORIGIN_AT + 12
const U16_POINTS_AT = SCALE_AT + 12
const STEPS = 0xffff

/**
 * Fills `frame` from a message of kind 1 or 2, or names what is wrong with it. Never throws, never
 * reads outside `bytes`, keeps no reference to it.
 */
export function decodeLandmarkFrame(bytes: Uint8Array, frame: LandmarkFrame): FrameVerdict {
  const header = checkFrameHeader(bytes, 'landmarks')
  if (header !== 'ok') return header
  if (bytes.length < F32_POINTS_AT) return 'TRUNCATED'

  const view = viewOf(bytes)
  const quantised = readKind(view) === FRAME_KIND.landmarksU16
  const flags = readFlags(view)
  const count = view.getUint16(COUNT_AT, true)
  const faceInView = (flags & FRAME_FLAG.noFace) === 0
  if (faceInView ? !isFaceCount(count) : count !== 0) return 'BAD_COUNT'

  const length = quantised ? U16_POINTS_AT + count * 6 : F32_POINTS_AT + count * 12
  if (bytes.length < length) return 'TRUNCATED'
  if (bytes.length > length) return 'TRAILING_BYTES'

  frame.clientTimeMs = readClientTime(view)
  if (!isClientTime(frame.clientTimeMs)) return 'BAD_TIMESTAMP'
  frame.aspect = view.getUint16(ASPECT_AT, true) / 1000
  if (!isAspect(frame.aspect)) return 'BAD_ASPECT'

  frame.seq = readSeq(view)
  frame.count = count
  frame.faceInView = faceInView
  frame.mirrored = (flags & FRAME_FLAG.mirrored) !== 0
  if (quantised) readU16Points(view, frame.points, count)
  else copyF32Points(bytes, frame.points)
  return quantised && isBoxInRange(view) ? 'ok' : checkCoordinates(frame.points, count)
}

function copyF32Points(bytes: Uint8Array, points: Float32Array): void {
  new Uint8Array(points.buffer, points.byteOffset).set(bytes.subarray(F32_POINTS_AT))
}

const readOrigin = (view: DataView, axis: number): number =>
  view.getFloat32(ORIGIN_AT + axis * 4, true)
const readStep = (view: DataView, axis: number): number =>
  view.getFloat32(SCALE_AT + axis * 4, true) / STEPS

function readU16Points(view: DataView, points: Float32Array, count: number): void {
  const originX = readOrigin(view, 0)
  const originY = readOrigin(view, 1)
  const originZ = readOrigin(view, 2)
  const stepX = readStep(view, 0)
  const stepY = readStep(view, 1)
  const stepZ = readStep(view, 2)
  let at = U16_POINTS_AT
  for (let i = 0; i < count * 3; i += 3) {
    points[i] = originX + view.getUint16(at, true) * stepX
    points[i + 1] = originY + view.getUint16(at + 2, true) * stepY
    points[i + 2] = originZ + view.getUint16(at + 4, true) * stepZ
    at += 6
  }
}

/**
 * Whether both ends of every axis are good coordinates. Then every point is: a coordinate is
 * computed as the ends are, and each operation of it is monotonic in q, whatever the sign of the
 * scale. When an end is not, the points may still be, and have to be looked at.
 */
function isBoxInRange(view: DataView): boolean {
  for (let axis = 0; axis < 3; axis++) {
    const origin = readOrigin(view, axis)
    const far = Math.fround(origin + STEPS * readStep(view, axis))
    if (!(Math.abs(origin) <= COORDINATE_LIMIT && Math.abs(far) <= COORDINATE_LIMIT)) return false
  }
  return true
}

/**
 * Kind 1: every coordinate exactly as it is in the frame.
 * @throws RangeError when the frame is one the decoder would refuse for its header.
 */
export function encodeLandmarksF32(frame: LandmarkFrame): Uint8Array<ArrayBuffer> {
  const view = beginFrame(frame, FRAME_KIND.landmarksF32, F32_POINTS_AT + frame.count * 12)
  new Float32Array(view.buffer, F32_POINTS_AT).set(frame.points.subarray(0, frame.count * 3))
  return new Uint8Array(view.buffer)
}

/**
 * Kind 2, half the size of kind 1: each coordinate within half a step (scale / 131070) of the frame's,
 * apart from the rounding to f32. The face's own bounding box is the scale, so a small face loses
 * nothing.
 * @throws RangeError when the frame is one the decoder would refuse for its header.
 */
export function encodeLandmarksU16(frame: LandmarkFrame): Uint8Array<ArrayBuffer> {
  const { points, count } = frame
  const view = beginFrame(frame, FRAME_KIND.landmarksU16, U16_POINTS_AT + count * 6)
  for (let axis = 0; axis < 3; axis++) {
    let low = count === 0 ? 0 : points[axis]!
    let high = low
    for (let i = axis; i < count * 3; i += 3) {
      low = Math.min(low, points[i]!)
      high = Math.max(high, points[i]!)
    }
    // The step the decoder will use: from the scale as f32 holds it, not from the exact difference.
    const scale = Math.fround(high - low)
    const stepsPerUnit = scale === 0 ? 0 : STEPS / scale
    view.setFloat32(ORIGIN_AT + axis * 4, low, true)
    view.setFloat32(SCALE_AT + axis * 4, scale, true)
    for (let i = axis; i < count * 3; i += 3) {
      const q = Math.min(STEPS, Math.round((points[i]! - low) * stepsPerUnit))
      view.setUint16(U16_POINTS_AT + i * 2, q, true)
    }
  }
  return new Uint8Array(view.buffer)
}

function beginFrame(frame: LandmarkFrame, kind: number, length: number): DataView<ArrayBuffer> {
  const { count, aspect, faceInView, mirrored, seq, clientTimeMs } = frame
  if (faceInView ? !isFaceCount(count) : count !== 0) {
    throw new RangeError(`a frame has 468 or 478 points, or none and no face, not ${count}`)
  }
  if (!isAspect(aspect)) throw new RangeError(`aspect must be 0 or within 0.2 to 5, not ${aspect}`)
  const view = new DataView(new ArrayBuffer(length))
  const flags = (mirrored ? FRAME_FLAG.mirrored : 0) | (faceInView ? 0 : FRAME_FLAG.noFace)
  writeFrameHeader(view, kind, flags, seq, clientTimeMs)
  view.setUint16(COUNT_AT, count, true)
  view.setUint16(ASPECT_AT, Math.round(aspect * 1000), true)
  return view
}
