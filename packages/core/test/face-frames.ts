import { readFileSync } from 'node:fs'
import { createSimulatedFace, type FacePose, type SimulatedFace } from '@bemore/testing'
import {
  ACTION_UNITS,
  type ActionUnit,
  createFaceEngine,
  type FaceEstimate,
  neutralFromFrames,
} from '../src/index.js'

export interface Frame {
  points: Float32Array
  count: number
  aspect: number
  mirrored: boolean
  faceInView: boolean
}

export function frameOf(face: SimulatedFace, pose: FacePose = {}): Frame {
  return {
    points: face.render(pose),
    count: face.count,
    aspect: face.aspect,
    mirrored: face.mirrored,
    faceInView: true,
  }
}

export const averageFace = createSimulatedFace()

export const nobody: Frame = {
  points: new Float32Array(478 * 3),
  count: 0,
  aspect: 0,
  mirrored: false,
  faceInView: false,
}

/** The web client's real message: a smiling portrait through a 640 x 480 camera. */
export function portraitFrame(): Frame {
  const url = new URL('../../../testing/data/landmarks-frame.json', import.meta.url)
  const message = JSON.parse(readFileSync(url, 'utf8')) as {
    data: { x: number; y: number; z: number }[]
  }
  return {
    points: Float32Array.from(message.data.flatMap(({ x, y, z }) => [x, y, z])),
    count: 478,
    aspect: 4 / 3,
    mirrored: false,
    faceInView: true,
  }
}

export function ownNeutral(face: SimulatedFace) {
  const baseline = neutralFromFrames([frameOf(face)])
  if (baseline === null) throw new Error('the simulated face cannot be read')
  return baseline
}

/** One frame alone, as a fresh session sees it, calibrated or not. */
export function readOnce(frame: Frame, calibratedOn?: SimulatedFace): FaceEstimate {
  const options = calibratedOn ? { baseline: ownNeutral(calibratedOn) } : {}
  return createFaceEngine(options).observe(frame, 0)
}

export function unit(estimate: FaceEstimate, actionUnit: ActionUnit): number {
  return estimate.actionUnits[ACTION_UNITS.indexOf(actionUnit)] ?? Number.NaN
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? Number.NaN))))
}
