/** Kind 2 is judged by its box where that suffices; this holds it to the verdict of its points. */
import fc from 'fast-check'
import t from 'tap'
import { viewOf } from '../src/frame-header.js'
import { decodeLandmarkFrame, encodeLandmarksU16 } from '../src/landmark-binary.js'
import { checkCoordinates, createLandmarkFrame } from '../src/landmark-frame.js'
import { scanLandmarkJson } from '../src/landmark-scanner.js'
import { capturedBytes, holds } from './landmark-messages.js'

const ORIGIN_AT = 20
const SCALE_AT = 32
const POINTS_AT = 44
const VALUES = 478 * 3

function capturedU16(): Uint8Array {
  const frame = createLandmarkFrame()
  scanLandmarkJson(capturedBytes, frame)
  return encodeLandmarksU16(Object.assign(frame, { seq: 1 }))
}

/** By looking at every coordinate, each computed as the protocol page says. */
function verdictByPoints(bytes: Uint8Array): string {
  const view = viewOf(bytes)
  const points = new Float32Array(VALUES)
  for (let i = 0; i < VALUES; i++) {
    const axis = (i % 3) * 4
    const step = view.getFloat32(SCALE_AT + axis, true) / 65535
    points[i] =
      view.getFloat32(ORIGIN_AT + axis, true) + view.getUint16(POINTS_AT + i * 2, true) * step
  }
  return checkCoordinates(points, VALUES / 3)
}

const SPECIAL = [0, -0, 10, -10, 20, -20, 1e-45, 640, 3e38, -3e38, Infinity, -Infinity, NaN]
const BARELY_BEYOND = [10.000001, -10.000001, 20.000002, -20.000002]
const edge = fc.oneof(
  fc.constantFrom(...SPECIAL, ...BARELY_BEYOND),
  fc.float({ min: -21, max: 21 }),
  fc.float(),
)
/** Origin and scale of each axis: all three wild, or one of them. */
const box = fc.oneof(
  fc.array(fc.tuple(edge, edge), { minLength: 3, maxLength: 3 }),
  fc
    .tuple(fc.nat(2), edge, edge)
    .map(([wild, origin, scale]) =>
      [0, 1, 2].map((axis): [number, number] => (axis === wild ? [origin, scale] : [-10, 20])),
    ),
)
/** The lowest and highest q of the points: a box may be larger than what is in it. */
const extent = fc.constantFrom<[number, number]>([0, 0], [0, 65535], [65535, 65535], [1, 30000])

t.test('u16 gets the verdict of its points, whatever the box', async (t) => {
  const bytes = capturedU16()
  const view = viewOf(bytes)
  const frame = createLandmarkFrame()
  const times = { ok: 0, OUT_OF_RANGE: 0, NOT_FINITE: 0 }
  const property = fc.property(box, extent, (axes, [low, high]) => {
    for (const [axis, [origin, scale]] of axes.entries()) {
      view.setFloat32(ORIGIN_AT + axis * 4, origin, true)
      view.setFloat32(SCALE_AT + axis * 4, scale, true)
    }
    for (let i = 0; i < VALUES; i++) {
      view.setUint16(POINTS_AT + i * 2, i % 7 === 0 ? high : low, true)
    }
    const verdict = decodeLandmarkFrame(bytes, frame)
    times[verdict as keyof typeof times]++
    return verdict === verdictByPoints(bytes)
  })
  holds(t, property, 5_000)
  for (const [verdict, count] of Object.entries(times)) t.ok(count > 100, `${verdict}: ${count}`)
})
