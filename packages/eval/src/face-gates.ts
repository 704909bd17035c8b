/**
 * The face, on a simulated one and on the one real portrait there is. The accuracies of the design are
 * of posed sets that may not be shipped; they are measured from outside.
 */
import { readFileSync } from 'node:fs'
import {
  ACTION_UNITS,
  createFaceEngine,
  createFaceWindow,
  EXPRESSIONS,
  type FaceEstimate,
  neutralFromFrames,
} from '@bemore/core'
import { createLandmarkFrame, decodeLandmarkJson, type LandmarkFrame } from '@bemore/protocol'
import {
  createSimulatedFace,
  EXPRESSION_PROTOTYPES,
  type FacePose,
  type Gate,
  least,
  most,
  type SimulatedFace,
} from '@bemore/testing'

const ROTATIONS: readonly FacePose[] = [-25, -10, 0, 10, 25].flatMap((yaw) =>
  [-15, 0, 15].flatMap((pitch) => [-30, 0, 30].map((roll) => ({ yaw, pitch, roll }))),
)
/** AU6 shows only in a smile, and a dropped jaw parts the lips whatever else it does. */
const COMPANIONS: Readonly<Record<number, readonly number[]>> = { 6: [12], 26: [25] }
const TIMED_FRAMES = 20_000

export function measureFaceGates(): Gate[] {
  const face = createSimulatedFace()
  return [
    most(
      'rigid rotation (yaw 25, pitch 15, roll 30): largest drift of an action unit',
      measureDrift(face),
      0.1,
    ),
    least('a movement raises its own action unit most, share of units', measureOwnUnits(face), 1),
    least('a prototype yields its label, share of labels', measurePrototypes(face), 1),
    least('a smiling portrait reads happy, probability', readPortrait(), 0.5),
    most(
      'smoothing at 5 and at 30 frames a second, largest difference',
      measureSmoothing(face),
      0.1,
    ),
    most('cost of a frame, µs', measureCost(face), 20),
  ]
}

function frameOf(face: SimulatedFace, pose: FacePose = {}): LandmarkFrame {
  const { count, aspect, mirrored } = face
  const points = face.render(pose)
  return { ...createLandmarkFrame(), points, count, aspect, mirrored, faceInView: true }
}

function read(face: SimulatedFace, pose: FacePose): FaceEstimate {
  const baseline = neutralFromFrames([frameOf(face)])
  return createFaceEngine(baseline === null ? {} : { baseline }).observe(frameOf(face, pose), 0)
}

function measureDrift(face: SimulatedFace): number {
  const still = Float64Array.from(read(face, {}).actionUnits)
  return Math.max(
    ...ROTATIONS.map((pose) => {
      const turned = read(face, pose).actionUnits
      return Math.max(...still.map((value, unit) => Math.abs(value - (turned[unit] as number))))
    }),
  )
}

function measureOwnUnits(face: SimulatedFace): number {
  const right = ACTION_UNITS.filter((moved) => {
    const actionUnits = { [moved]: 1, ...(moved === 6 ? { 12: 1 } : {}) }
    const { actionUnits: shown } = read(face, { actionUnits })
    const own = shown[ACTION_UNITS.indexOf(moved)] as number
    return ACTION_UNITS.every(
      (other, i) =>
        other === moved || COMPANIONS[moved]?.includes(other) || (shown[i] as number) < own,
    )
  })
  return right.length / ACTION_UNITS.length
}

function measurePrototypes(face: SimulatedFace): number {
  const right = EXPRESSIONS.filter(
    (label) => read(face, { actionUnits: EXPRESSION_PROTOTYPES[label] }).label === label,
  )
  return right.length / EXPRESSIONS.length
}

/** NASA's public-domain portrait of astronaut Eileen Collins, as the web client sends it. */
function readPortrait(): number {
  const frame = createLandmarkFrame()
  const url = new URL('../../../testing/data/landmarks-frame.json', import.meta.url)
  if (decodeLandmarkJson(readFileSync(url), frame) !== 'ok') return 0
  const { label, probabilities } = createFaceEngine().observe(frame, 0)
  return label === 'happy' ? (probabilities[EXPRESSIONS.indexOf('happy')] as number) : 0
}

/** A smile that comes and goes over four seconds, seen at two rates. */
function measureSmoothing(face: SimulatedFace): number {
  const curve = (fps: number): number[] => {
    const engine = createFaceEngine()
    const shown: number[] = []
    for (let frame = 0; frame <= 4 * fps; frame++) {
      const seconds = frame / fps
      const smile = Math.sin((Math.PI * seconds) / 4) ** 2
      const { actionUnits } = engine.observe(
        frameOf(face, { actionUnits: { 12: smile } }),
        seconds * 1000,
      )
      if ((frame * 5) % fps === 0) shown.push(actionUnits[ACTION_UNITS.indexOf(12)] as number)
    }
    return shown
  }
  const slow = curve(5)
  return Math.max(...curve(30).map((value, i) => Math.abs(value - (slow[i] as number))))
}

function measureCost(face: SimulatedFace): number {
  const frames = Array.from({ length: 16 }, (_, i) => frameOf(face, { yaw: i - 8 }))
  const engine = createFaceEngine()
  const window = createFaceWindow()
  const run = (count: number, from: number): void => {
    for (let i = 0; i < count; i++) {
      const atMs = (from + i) * 33
      window.add(engine.observe(frames[i % frames.length] as LandmarkFrame, atMs), atMs)
    }
  }
  run(TIMED_FRAMES / 4, 0)
  const started = performance.now()
  run(TIMED_FRAMES, TIMED_FRAMES)
  return ((performance.now() - started) / TIMED_FRAMES) * 1000
}
