/**
 * The sums behind a window. Everything a window tells is a quotient of sums, so windows of the same
 * time made by different processes, or cut by a flush, add up to the window one process would have
 * made of all their frames.
 */
import { ACTION_UNITS } from './action-units.js'
import { EXPRESSIONS } from './expression.js'

/** Valence, arousal, dominance. */
export const AFFECT_SIZE = 3

export interface WindowSums {
  usable: number
  noFace: number
  poseRejected: number
  rejected: number
  dropped: number
  transitions: number
  blinks: number
  blinkObservedMs: number
  eyesClosedMs: number
  eyesObservedMs: number
  coveredMs: number
  aspectAssumed: boolean
  /** Over usable frames, each counting once. */
  confidence: number
  absoluteYaw: number
  absolutePitch: number
  /** Over usable frames, each counting by its quality; times in seconds from the sums' origin. */
  weight: number
  time: number
  timeSquared: number
  readonly probabilities: Float64Array
  readonly actionUnits: Float64Array
  readonly affect: Float64Array
  readonly affectTime: Float64Array
}

export function createWindowSums(): WindowSums {
  return {
    usable: 0,
    noFace: 0,
    poseRejected: 0,
    rejected: 0,
    dropped: 0,
    transitions: 0,
    blinks: 0,
    blinkObservedMs: 0,
    eyesClosedMs: 0,
    eyesObservedMs: 0,
    coveredMs: 0,
    aspectAssumed: false,
    confidence: 0,
    absoluteYaw: 0,
    absolutePitch: 0,
    weight: 0,
    time: 0,
    timeSquared: 0,
    probabilities: new Float64Array(EXPRESSIONS.length),
    actionUnits: new Float64Array(ACTION_UNITS.length),
    affect: new Float64Array(AFFECT_SIZE),
    affectTime: new Float64Array(AFFECT_SIZE),
  }
}

/** Moves the origin of the times: afterwards they count from `seconds` earlier than before. */
export function shiftOrigin(sums: WindowSums, seconds: number): void {
  sums.timeSquared += 2 * seconds * sums.time + seconds * seconds * sums.weight
  sums.time += seconds * sums.weight
  for (let i = 0; i < AFFECT_SIZE; i++) sums.affectTime[i] += seconds * sums.affect[i]
}
