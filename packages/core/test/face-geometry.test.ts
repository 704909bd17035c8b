import { readFileSync } from 'node:fs'
import { CANONICAL_VERTICES, createSimulatedFace } from '@bemore/testing'
import t from 'tap'
import { CANONICAL_CANTHUS_DISTANCE, CANONICAL_RIGID_POINTS } from '../src/face/canonical-points.js'
import { DLIB_68, RIGID_POINTS } from '../src/face/indices.js'
import { poseWeight } from '../src/face/pose.js'
import { createFaceEngine } from '../src/index.js'
import {
  averageFace,
  frameOf,
  largestDifference,
  ownNeutral,
  portraitFrame,
  readOnce,
} from './face-frames.js'

const model = readFileSync(new URL('../../data/canonical_face_model.obj', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('v '))
  .map((line) => line.split(' ').slice(1, 4).map(Number))

t.test('the constants are those of the canonical face model', async (t) => {
  t.equal(model.length, 468)
  t.same(
    CANONICAL_RIGID_POINTS,
    RIGID_POINTS.flatMap((landmark) => model[landmark] ?? []),
  )
  const [right, left] = [model[33] ?? [], model[263] ?? []]
  t.ok(
    Math.abs(Math.hypot(...left.map((v, i) => v - (right[i] ?? 0))) - CANONICAL_CANTHUS_DISTANCE) <
      1e-6,
  )
  t.ok(
    largestDifference(
      CANONICAL_VERTICES,
      model.flat().map((cm) => cm * 1000),
    ) <= 0.5,
  )
  t.equal(new Set(DLIB_68).size, 68)
})

t.test('turning, nodding and tipping the head moves no action unit by .1', async (t) => {
  for (const [name, face] of [
    ['canonical', createSimulatedFace({ canonical: true })],
    ['average', averageFace],
  ] as const) {
    for (const baseline of [undefined, ownNeutral(face)]) {
      const options = baseline ? { baseline } : {}
      const straight = Array.from(createFaceEngine(options).observe(frameOf(face), 0).actionUnits)
      let largest = 0
      for (const yaw of [-25, -12, 0, 12, 25]) {
        for (const pitch of [-15, -7, 0, 7, 15]) {
          for (const roll of [-30, 0, 30]) {
            const turned = createFaceEngine(options).observe(frameOf(face, { yaw, pitch, roll }), 0)
            t.equal(turned.status, 'measured')
            largest = Math.max(largest, largestDifference(turned.actionUnits, straight))
          }
        }
      }
      t.ok(largest < 0.01, `${name}: ${largest}`)
    }
  }
})

t.test('pose is told in degrees, with the signs documented', async (t) => {
  for (const pose of [
    { yaw: 20, pitch: 0, roll: 0 },
    { yaw: 0, pitch: 12, roll: 0 },
    { yaw: 0, pitch: -12, roll: 0 },
    { yaw: 0, pitch: 0, roll: 30 },
    { yaw: -20, pitch: 0, roll: -25 },
  ]) {
    const read = readOnce(frameOf(averageFace, pose))
    t.ok(
      largestDifference([read.yaw, read.pitch, read.roll], [pose.yaw, pose.pitch, pose.roll]) < 0.1,
      `${JSON.stringify(pose)} read as ${read.yaw}, ${read.pitch}, ${read.roll}`,
    )
  }
})

t.test('an open jaw is not taken for a nod', async (t) => {
  const read = readOnce(frameOf(averageFace, { actionUnits: { 26: 1 } }))
  t.ok(Math.abs(read.pitch) < 0.5, `pitch ${read.pitch}`)
})

t.test('the pose gate falls from full to nothing as documented', async (t) => {
  t.equal(poseWeight(15, -12), 1)
  t.ok(Math.abs(poseWeight(-25, 0) - 0.5) < 1e-12)
  t.ok(Math.abs(poseWeight(0, 19.5) - 0.5) < 1e-12)
  t.ok(Math.abs(poseWeight(25, 19.5) - 0.25) < 1e-12)
  t.equal(poseWeight(35, 0), 0)
  t.equal(poseWeight(0, 27), 0)
})

t.test('a flipped picture and flipped coordinates give the same person', async (t) => {
  const pose = { yaw: 12, roll: 8, gazeX: 0.3, actionUnits: { 12: 1, 14: 0.8 } }
  const plain = readOnce(frameOf(averageFace, pose), averageFace)
  const flippedPicture = readOnce(
    frameOf(createSimulatedFace({ mirrored: true }), pose),
    averageFace,
  )
  const coordinates = frameOf(averageFace, pose)
  for (let i = 0; i < coordinates.points.length; i += 3) {
    coordinates.points[i] = 1 - (coordinates.points[i] ?? 0)
  }
  const flippedCoordinates = readOnce(coordinates, averageFace)
  const flippedAndSaid = readOnce({ ...coordinates, mirrored: true }, averageFace)
  for (const other of [flippedPicture, flippedCoordinates, flippedAndSaid]) {
    t.equal(other.status, 'measured')
    t.equal(other.label, plain.label)
    t.ok(largestDifference(other.actionUnits, plain.actionUnits) < 0.01)
    t.ok(
      largestDifference(
        [other.yaw, other.pitch, other.roll],
        [plain.yaw, plain.pitch, plain.roll],
      ) < 0.2,
    )
    t.ok(Math.abs(other.gazeX - plain.gazeX) < 0.01)
  }
})

t.test('the aspect ratio is undone before anything is measured', async (t) => {
  const pose = { yaw: 10, roll: 15, actionUnits: { 4: 0.8, 7: 0.5, 24: 0.6 } }
  const at = (aspect: number) =>
    readOnce(frameOf(createSimulatedFace({ aspect }), pose), averageFace)
  const fourThirds = at(4 / 3)
  for (const aspect of [16 / 9, 9 / 16, 1]) {
    t.ok(largestDifference(at(aspect).actionUnits, fourThirds.actionUnits) < 0.01)
  }
  t.notOk(fourThirds.aspectAssumed)
})

t.test('a wrong aspect ratio costs quality', async (t) => {
  const portrait = portraitFrame()
  const right = readOnce(portrait).quality
  const wrong = readOnce({ ...portrait, aspect: 9 / 16 }).quality
  t.ok(wrong < right / 4, `${wrong} against ${right}`)
})

t.test('irises are given to the eyes they lie in, whatever their order', async (t) => {
  const frame = frameOf(averageFace, { gazeX: 0.4, gazeY: -0.2, yaw: 10 })
  const straight = readOnce(frame)
  t.ok(Math.abs(straight.gazeX - 0.4) < 0.02 && Math.abs(straight.gazeY + 0.2) < 0.02)
  const swapped = { ...frame, points: frame.points.slice() }
  swapped.points.set(frame.points.subarray(468 * 3, 473 * 3), 473 * 3)
  swapped.points.set(frame.points.subarray(473 * 3, 478 * 3), 468 * 3)
  t.equal(readOnce(swapped).gazeX, straight.gazeX)
  swapped.points.set(frame.points.subarray(468 * 3, 473 * 3), 468 * 3)
  t.ok(Number.isNaN(readOnce(swapped).gazeX), 'two irises in one eye are no gaze')
})

t.test('468 points are enough, without gaze', async (t) => {
  const pose = { actionUnits: { 15: 1, 1: 0.7 } }
  const few = readOnce(frameOf(createSimulatedFace({ count: 468 }), pose), averageFace)
  const many = readOnce(frameOf(averageFace, pose), averageFace)
  t.same(Array.from(few.probabilities), Array.from(many.probabilities))
  t.ok(Number.isNaN(few.gazeX))
})
