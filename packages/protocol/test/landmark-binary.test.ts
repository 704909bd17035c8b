import fc from 'fast-check'
import t from 'tap'
import {
  decodeLandmarkFrame,
  encodeLandmarksF32,
  encodeLandmarksU16,
} from '../src/landmark-binary.js'
import { createLandmarkFrame, type LandmarkFrame } from '../src/landmark-frame.js'
import { scanLandmarkJson } from '../src/landmark-scanner.js'
import { capturedBytes, faceFrame, faceShape, firstDifference, holds } from './landmark-messages.js'

const encoders = { f32: encodeLandmarksF32, u16: encodeLandmarksU16 }

function capturedFrame(): LandmarkFrame {
  const frame = createLandmarkFrame()
  scanLandmarkJson(capturedBytes, frame)
  return Object.assign(frame, { seq: 7, aspect: 1.333, mirrored: true })
}

const noFace = (): LandmarkFrame => Object.assign(createLandmarkFrame(), { seq: 1 })

const decode = (bytes: Uint8Array): string => decodeLandmarkFrame(bytes, createLandmarkFrame())

/** The same bytes, beginning where no Float32Array may. */
function unaligned(bytes: Uint8Array, offset: number): Uint8Array {
  const larger = new Uint8Array(bytes.length + offset + 5).fill(0xff)
  larger.set(bytes, offset)
  return larger.subarray(offset, offset + bytes.length)
}

/** No coordinate moved by more than half a step of its axis and the rounding to f32. */
function withinHalfStep(frame: LandmarkFrame, decoded: LandmarkFrame): boolean {
  for (let axis = 0; axis < 3; axis++) {
    const values = Array.from(frame.points.subarray(0, frame.count * 3)).filter(
      (_, i) => i % 3 === axis,
    )
    const low = Math.min(...values)
    const high = Math.max(...values)
    const rounding = Math.max(Math.abs(low), Math.abs(high), 2 ** -126) * 2 ** -22
    const bound = (high - low) / 131_070 + rounding
    const far = values.some((value, i) => Math.abs(decoded.points[i * 3 + axis]! - value) > bound)
    if (far) return false
  }
  return true
}

t.test('f32 gives back every frame to the bit, at any byte offset', async (t) => {
  const property = fc.property(faceShape, fc.nat(7), (shape, offset) => {
    const frame = faceFrame(shape)
    const decoded = createLandmarkFrame()
    const verdict = decodeLandmarkFrame(unaligned(encodeLandmarksF32(frame), offset), decoded)
    return verdict === 'ok' && firstDifference(frame, decoded) === undefined
  })
  holds(t, property, 200)
})

t.test('u16 moves no coordinate by more than half a step of the face box', async (t) => {
  const property = fc.property(faceShape, fc.nat(7), (shape, offset) => {
    const frame = faceFrame(shape)
    const decoded = createLandmarkFrame()
    const verdict = decodeLandmarkFrame(unaligned(encodeLandmarksU16(frame), offset), decoded)
    return verdict === 'ok' && withinHalfStep(frame, decoded)
  })
  holds(t, property, 200)
})

t.test('the captured face in both forms', async (t) => {
  const frame = capturedFrame()
  const f32 = encodeLandmarksF32(frame)
  const u16 = encodeLandmarksU16(frame)
  t.equal(f32.length, 5756)
  t.equal(u16.length, 2912)
  const decoded = createLandmarkFrame()
  t.equal(decodeLandmarkFrame(f32, decoded), 'ok')
  t.equal(firstDifference(frame, decoded), undefined)
  t.equal(decodeLandmarkFrame(u16, decoded), 'ok')
  t.ok(withinHalfStep(frame, decoded))
  t.match(decoded, { count: 478, seq: 7, aspect: 1.333, mirrored: true, faceInView: true })
})

t.test('the bytes are those of the protocol page', async (t) => {
  const frame = Object.assign(capturedFrame(), { clientTimeMs: 1.5, seq: 0x01020304 })
  for (const [kind, bytes] of [
    [1, encodeLandmarksF32(frame)],
    [2, encodeLandmarksU16(frame)],
  ] as const) {
    const header = [1, kind, 1, 0, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f]
    t.same(Array.from(bytes.subarray(0, 20)), [...header, 0xde, 0x01, 0x35, 0x05])
  }
  const view = new DataView(encodeLandmarksU16(frame).buffer)
  const x =
    view.getFloat32(20, true) + (view.getUint16(44, true) * view.getFloat32(32, true)) / 65535
  t.ok(Math.abs(x - frame.points[0]!) < 1e-5, 'origin + q × scale / 65535')
})

t.test('a frame without a face keeps what else it says', async (t) => {
  for (const [form, encode] of Object.entries(encoders)) {
    const decoded = capturedFrame()
    t.equal(decodeLandmarkFrame(encode(noFace()), decoded), 'ok', form)
    t.equal(firstDifference(noFace(), decoded), undefined, form)
  }
})

t.test('a face flattened onto a plane survives u16', async (t) => {
  const frame = capturedFrame()
  for (let i = 2; i < 478 * 3; i += 3) frame.points[i] = -0.25
  const decoded = createLandmarkFrame()
  t.equal(decodeLandmarkFrame(encodeLandmarksU16(frame), decoded), 'ok')
  t.equal(decoded.points[2], -0.25)
  t.equal(decoded.points[1433], -0.25)
})

t.test('every length but the right one is refused', async (t) => {
  for (const [form, encode] of Object.entries(encoders)) {
    const whole = encode(capturedFrame())
    const verdicts = new Set<string>()
    for (let length = 0; length < whole.length; length++) {
      verdicts.add(decode(whole.subarray(0, length)))
    }
    t.same([...verdicts], ['TRUNCATED'], form)
    t.equal(decode(Uint8Array.from([...whole, 0])), 'TRAILING_BYTES', form)
  }
})

t.test('each problem by its name', async (t) => {
  const broken = (
    write: (view: DataView) => void,
    frame = capturedFrame(),
    encode = encoders.f32,
  ) => {
    const bytes = encode(frame)
    write(new DataView(bytes.buffer))
    return decode(bytes)
  }
  const { u16 } = encoders
  t.equal(
    broken((view) => view.setUint8(0, 2)),
    'BAD_VERSION',
  )
  t.equal(
    broken((view) => view.setUint8(1, 0)),
    'UNKNOWN_KIND',
  )
  t.equal(
    broken((view) => view.setUint8(1, 4)),
    'UNKNOWN_KIND',
  )
  t.equal(
    broken((view) => view.setUint8(1, 3)),
    'UNEXPECTED_KIND',
  )
  t.equal(
    broken((view) => view.setUint8(2, 2)),
    'BAD_COUNT',
    'no face, but 478 points',
  )
  t.equal(
    broken((view) => view.setUint8(2, 0), noFace()),
    'BAD_COUNT',
    'a face without points',
  )
  for (const count of [1, 467, 477, 479, 65535]) {
    t.equal(
      broken((view) => view.setUint16(16, count, true)),
      'BAD_COUNT',
      `${count} points`,
    )
  }
  t.equal(
    broken((view) => view.setUint16(16, 468, true)),
    'TRAILING_BYTES',
  )
  for (const time of [Number.NaN, Number.POSITIVE_INFINITY, -1, 8.65e15]) {
    t.equal(
      broken((view) => view.setFloat64(8, time, true)),
      'BAD_TIMESTAMP',
      String(time),
    )
  }
  for (const aspect of [1, 199, 5001, 65535]) {
    t.equal(
      broken((view) => view.setUint16(18, aspect, true)),
      'BAD_ASPECT',
      String(aspect),
    )
  }
  const last = 20 + 478 * 12 - 4
  for (const value of [Number.NaN, Number.NEGATIVE_INFINITY]) {
    t.equal(
      broken((view) => view.setFloat32(last, value, true)),
      'NOT_FINITE',
    )
    t.equal(
      broken((view) => view.setFloat32(20, value, true), capturedFrame(), u16),
      'NOT_FINITE',
    )
    t.equal(
      broken((view) => view.setFloat32(40, value, true), capturedFrame(), u16),
      'NOT_FINITE',
    )
  }
  t.equal(
    broken((view) => view.setFloat32(last, -10.5, true)),
    'OUT_OF_RANGE',
  )
  t.equal(
    broken((view) => view.setFloat32(32, 640, true), capturedFrame(), u16),
    'OUT_OF_RANGE',
  )
})

t.test('flags of a later version are ignored', async (t) => {
  const bytes = encodeLandmarksF32(capturedFrame())
  new DataView(bytes.buffer).setUint16(2, 0xfffd, true)
  const decoded = createLandmarkFrame()
  t.equal(decodeLandmarkFrame(bytes, decoded), 'ok')
  t.equal(firstDifference(decoded, capturedFrame()), undefined)
})

t.test('arbitrary bytes, and damaged frames, never throw', async (t) => {
  const whole = encodeLandmarksU16(capturedFrame())
  const damaged = fc
    .array(fc.tuple(fc.nat(43), fc.nat(255)), { minLength: 1, maxLength: 4 })
    .map((changes) => {
      const bytes = whole.slice()
      for (const [at, value] of changes) bytes[at] = value
      return bytes
    })
  const property = fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 80 })), (bytes) => {
    decode(bytes)
  })
  holds(t, property, 5_000)
})

t.test('a frame the decoder would refuse is not encoded', async (t) => {
  for (const [form, encode] of Object.entries(encoders)) {
    for (const wrong of [
      { count: 3 },
      { faceInView: false },
      { aspect: 7 },
      { aspect: Number.NaN },
      { seq: -1 },
      { seq: 2 ** 32 },
      { clientTimeMs: Number.NaN },
    ]) {
      const frame = Object.assign(capturedFrame(), wrong)
      t.throws(() => encode(frame), RangeError, `${form} ${JSON.stringify(wrong)}`)
    }
  }
})
