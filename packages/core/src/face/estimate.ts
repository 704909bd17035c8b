/**
 * What the engine says of one frame.
 *
 * Where nothing was measured every number that could be read as a measurement is NaN, the label is
 * `unknown`, and confidence and quality are 0: a failure never looks like a calm face.
 */
import { ACTION_UNITS } from './action-units.js'
import { EXPRESSIONS, type ExpressionLabel } from './expression.js'
import type { NeutralCaptureStatus } from './neutral-capture.js'

/**
 * - `measured`: the numbers below hold.
 * - `no-face`: the client looked and saw nobody.
 * - `pose-rejected`: there is a face, turned too far to be read.
 * - `invalid`: the frame is not a face's landmarks, or its time lies before the frame before it.
 */
export type FaceStatus = 'measured' | 'no-face' | 'pose-rejected' | 'invalid'

/** One object per engine, overwritten by the next frame: copy what must last. */
export interface FaceEstimate {
  readonly status: FaceStatus
  /** The expression shown, with hysteresis: it changes only for a lead that lasts. */
  readonly label: ExpressionLabel | 'unknown'
  /** Whether `label` is another one than on the measured frame before. */
  readonly labelChanged: boolean
  /** Seven probabilities in the order of EXPRESSIONS, smoothed over 1 s; sum 1. */
  readonly probabilities: ArrayLike<number>
  /** Seventeen intensities 0..1.5 in the order of ACTION_UNITS, smoothed over .25 s. */
  readonly actionUnits: ArrayLike<number>
  /** -1 unpleasant .. 1 pleasant. */
  readonly valence: number
  /** -1 calm .. 1 aroused; a face at rest reads -.3. */
  readonly arousal: number
  /** -1 submissive .. 1 dominant; low confidence. */
  readonly dominance: number
  /** Probability of the label shown times quality, 0..1. */
  readonly confidence: number
  /** How far the frame can be trusted, 0..1 (pose, size, fit, aspect, baseline). */
  readonly quality: number
  /** Degrees, positive towards the subject's right; NaN when no face was fitted. */
  readonly yaw: number
  /** Degrees, positive chin up. */
  readonly pitch: number
  /** Degrees, positive counter-clockwise in the unmirrored picture. */
  readonly roll: number
  /** The client did not say its picture's aspect ratio and 4:3 was taken. */
  readonly aspectAssumed: boolean
  /** How much of the baseline is the person's own: 0 population, 1 a captured neutral. */
  readonly calibration: number
  readonly neutralCapture: NeutralCaptureStatus
  /** Time this frame stands for, ms: since the measured frame before, at most a second. */
  readonly coveredMs: number
  /** Eyes more than 80 % shut (P80); false where nothing was measured. */
  readonly eyesClosed: boolean
  /** A blink ended on this frame. */
  readonly blinked: boolean
  /** Frames come at 15 a second or more, so that blinks can be counted at all. */
  readonly blinkMeasurable: boolean
  /** Measured frames a second, smoothed; 0 when not known. */
  readonly framesPerSecond: number
  /** Iris position in the eyes, -1..1, right and up positive; NaN with 468 points. */
  readonly gazeX: number
  readonly gazeY: number
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

/** The engine's own view of its estimate. */
export type MutableEstimate = Writable<FaceEstimate> & {
  readonly probabilities: Float64Array
  readonly actionUnits: Float64Array
}

/** An estimate of nothing yet. */
export function createEstimate(): MutableEstimate {
  return {
    status: 'no-face',
    label: 'unknown',
    labelChanged: false,
    probabilities: new Float64Array(EXPRESSIONS.length).fill(Number.NaN),
    actionUnits: new Float64Array(ACTION_UNITS.length).fill(Number.NaN),
    valence: Number.NaN,
    arousal: Number.NaN,
    dominance: Number.NaN,
    confidence: 0,
    quality: 0,
    yaw: Number.NaN,
    pitch: Number.NaN,
    roll: Number.NaN,
    aspectAssumed: false,
    calibration: 0,
    neutralCapture: 'none',
    coveredMs: 0,
    eyesClosed: false,
    blinked: false,
    blinkMeasurable: false,
    framesPerSecond: 0,
    gazeX: Number.NaN,
    gazeY: Number.NaN,
  }
}

/** Turns `estimate` into "nothing measured, because of `status`". Pose is the caller's to fill in. */
export function markUnmeasured(
  estimate: MutableEstimate,
  status: Exclude<FaceStatus, 'measured'>,
): void {
  estimate.status = status
  estimate.label = 'unknown'
  estimate.labelChanged = false
  estimate.probabilities.fill(Number.NaN)
  estimate.actionUnits.fill(Number.NaN)
  estimate.valence = Number.NaN
  estimate.arousal = Number.NaN
  estimate.dominance = Number.NaN
  estimate.confidence = 0
  estimate.quality = 0
  estimate.yaw = Number.NaN
  estimate.pitch = Number.NaN
  estimate.roll = Number.NaN
  estimate.coveredMs = 0
  estimate.eyesClosed = false
  estimate.blinked = false
  estimate.gazeX = Number.NaN
  estimate.gazeY = Number.NaN
}
