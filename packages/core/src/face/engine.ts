/**
 * The face engine of one session: landmarks in, expression and affect out, frame by frame.
 *
 * An engine that has seen no frame holds next to nothing; the first frame makes its 25 KB. After
 * that a frame allocates nothing, and the estimate returned is always the same object.
 */
import { ACTION_UNITS, writeActionUnits, writeDeltas } from './action-units.js'
import { arousalOf, dominanceOf, valenceOf } from './affect.js'
import {
  type BaselineSnapshot,
  createSessionBaseline,
  isBaselineSnapshot,
  type SessionBaseline,
} from './baseline.js'
import {
  createEstimate,
  type FaceEstimate,
  type MutableEstimate,
  markUnmeasured,
} from './estimate.js'
import { EXPRESSIONS, indexOfLargest, writeExpressions } from './expression.js'
import { createEyeTracker } from './eyes.js'
import { createFaceReader, type FaceReader } from './face-reader.js'
import { FEATURE_INDEX, FEATURES } from './features.js'
import { frameQuality } from './frame-quality.js'
import { writeGaze } from './gaze.js'
import type { LandmarkFrame } from './landmark-frame.js'
import { createNeutralCapture } from './neutral-capture.js'
import { createLabelHold, createSmoother } from './smoothing.js'

export interface FaceEngineOptions {
  /** Where an earlier process, or a captured neutral, left the person's baseline. */
  readonly baseline?: BaselineSnapshot
  /**
   * Scratch to measure a frame with, which remembers nothing from one frame to the next: engines that
   * are called in turn may share one, and keep the processor's caches for what is their own.
   */
  readonly reader?: FaceReader
}

export interface FaceEngine {
  /**
   * Measures one frame. `atMs` is a session clock in milliseconds: a frame up to 3 s older than the
   * one before is late and `invalid`; older still means that the clock was set, and starts afresh.
   * The first frame, and the first after a gap of 3 s, is taken as it is, without smoothing.
   *
   * @returns the engine's one estimate, overwritten by the next call
   */
  observe(frame: LandmarkFrame, atMs: number): FaceEstimate
  /**
   * Takes the usable frames of `durationMs` (1 to 10 s, default 4) from `atMs` on for the person's
   * neutral face. `estimate.neutralCapture` tells how it went. Throws RangeError for other durations.
   */
  captureNeutral(atMs: number, durationMs?: number): void
  /** What a later engine needs to go on with this person. */
  baseline(): BaselineSnapshot
  /** Share of the last 60 s with eyes more than 80 % shut; null before anything was measured. */
  perclos(): number | null
}

const ACTION_UNIT_TAU_MS = 250
const EXPRESSION_TAU_MS = 1000
/** Beyond this the face before and the face after have nothing to do with each other. */
const GAP_MS = 3000
/** What a frame stands for at most, and what one stands for that has none before it. */
const COVERED_MS = { most: 1000, alone: 100 }
/** Frames after which the session's own open eye is known better than the population's. */
const OPEN_EYE_FRAMES = 30
const OPEN_EYE_QUANTILE = 0.8
/** A quantile walks over the whole histogram, and moves little in so few frames. */
const OPEN_EYE_EVERY_FRAMES = 8
const NEUTRAL_CAPTURE_MS = 4000

/** Throws RangeError when `options.baseline` is no snapshot of this version. */
export function createFaceEngine(options: FaceEngineOptions = {}): FaceEngine {
  if (options.baseline !== undefined && !isBaselineSnapshot(options.baseline)) {
    throw new RangeError('not a version 1 baseline snapshot')
  }
  let pipeline: FaceEngine | null = null
  const started = (): FaceEngine => {
    pipeline ??= createPipeline(
      createSessionBaseline(options.baseline),
      options.reader ?? createFaceReader(),
    )
    return pipeline
  }
  return {
    observe: (frame, atMs) => started().observe(frame, atMs),
    captureNeutral: (atMs, durationMs) => started().captureNeutral(atMs, durationMs),
    baseline: () =>
      pipeline?.baseline() ??
      options.baseline ?? { version: 1, frames: 0, deciles: null, neutral: null },
    perclos: () => pipeline?.perclos() ?? null,
  }
}

function createPipeline(baseline: SessionBaseline, reader: FaceReader): FaceEngine {
  const capture = createNeutralCapture()
  const eyes = createEyeTracker()
  const hold = createLabelHold()
  const units = createSmoother(ACTION_UNITS.length, ACTION_UNIT_TAU_MS)
  const shown = createSmoother(EXPRESSIONS.length, EXPRESSION_TAU_MS)
  const deltas = new Float64Array(FEATURES.length)
  const rawUnits = new Float64Array(ACTION_UNITS.length)
  const rawExpressions = new Float64Array(EXPRESSIONS.length)
  const strongest = new Float64Array(5)
  const iris = new Float64Array(2)
  const gaze = new Float64Array(2)
  const estimate = createEstimate()
  // Times live in object fields, not in closure variables: V8 would box every number assigned to one.
  const clock = { lastMs: Number.NaN, measuredMs: Number.NaN }
  const eye = { open: Number.NaN, untilFrames: 0 }

  function observe(frame: LandmarkFrame, atMs: number): FaceEstimate {
    const late = clock.lastMs - atMs
    if (!Number.isFinite(atMs) || (late > 0 && late <= GAP_MS)) return unmeasured('invalid')
    if (late > GAP_MS) clock.measuredMs = Number.NaN
    if (!frame.faceInView) {
      clock.lastMs = atMs
      finishCapture(atMs)
      return unmeasured('no-face')
    }
    const reading = reader.read(frame)
    if (reading === 'invalid') return unmeasured('invalid')
    clock.lastMs = atMs
    finishCapture(atMs)
    estimate.aspectAssumed = reader.aspectAssumed
    if (reading === 'pose') {
      unmeasured('pose-rejected')
      writeAngles(reader, estimate)
      return estimate
    }
    measure(atMs)
    writeAngles(reader, estimate)
    writeIris(frame)
    return estimate
  }

  function unmeasured(status: 'no-face' | 'pose-rejected' | 'invalid'): FaceEstimate {
    markUnmeasured(estimate, status)
    estimate.neutralCapture = capture.status
    return estimate
  }

  function finishCapture(atMs: number): void {
    const neutral = capture.finish(atMs)
    if (neutral !== null) baseline.setNeutral(neutral)
  }

  function measure(atMs: number): void {
    const { features } = reader
    const sinceMs = atMs - clock.measuredMs
    const continues = sinceMs <= GAP_MS
    const dtMs = continues ? sinceMs : 0
    const coveredMs = continues ? Math.min(dtMs, COVERED_MS.most) : COVERED_MS.alone
    if (!continues) {
      units.restart()
      shown.restart()
      hold.restart()
      eyes.restart()
    }
    clock.measuredMs = atMs

    const { calibration } = baseline
    const openEye = openEyeNow()
    writeDeltas(features, baseline.values, calibration, deltas)
    writeActionUnits(features, deltas, openEye, rawUnits)
    units.push(rawUnits, dtMs)
    writeExpressions(units.values, calibration, rawExpressions)
    shown.push(rawExpressions, dtMs)
    eyes.push(features[FEATURE_INDEX.eyeAspectRatio], openEye, atMs, dtMs, coveredMs)

    estimate.status = 'measured'
    estimate.labelChanged = hold.push(shown.values, indexOfLargest(shown.values), atMs)
    estimate.label = EXPRESSIONS[hold.index]
    estimate.probabilities.set(shown.values)
    estimate.actionUnits.set(units.values)
    estimate.valence = valenceOf(shown.values)
    estimate.arousal = arousalOf(units.values, strongest)
    estimate.dominance = dominanceOf(shown.values)
    estimate.quality = frameQuality(
      reader.poseWeight,
      reader.face.canthusDistance,
      reader.residual,
      reader.aspectAssumed,
      calibration,
    )
    estimate.confidence = shown.values[hold.index] * estimate.quality
    estimate.calibration = calibration
    estimate.coveredMs = coveredMs
    estimate.eyesClosed = eyes.closed
    estimate.blinkMeasurable = eyes.blinkMeasurable && baseline.frames >= OPEN_EYE_FRAMES
    estimate.blinked = eyes.blinked && estimate.blinkMeasurable
    estimate.framesPerSecond = eyes.framesPerSecond

    // Learning comes after measuring: a frame is not judged against itself.
    baseline.add(features)
    capture.add(features, atMs)
    estimate.neutralCapture = capture.status
  }

  /** Eye aspect ratio of this person's open eyes: relative, because people's eyes differ by half. */
  function openEyeNow(): number {
    const feature = FEATURE_INDEX.eyeAspectRatio
    if (baseline.frames < OPEN_EYE_FRAMES) return baseline.values[feature]
    if (baseline.frames >= eye.untilFrames) {
      eye.open = baseline.quantile(feature, OPEN_EYE_QUANTILE)
      eye.untilFrames = baseline.frames + OPEN_EYE_EVERY_FRAMES
    }
    return eye.open
  }

  function writeIris(frame: LandmarkFrame): void {
    const found = frame.count === 478 && writeGaze(reader.face, frame.points, iris, gaze)
    // The frontalised face is the mirror image where the picture was.
    const side = frame.mirrored && !reader.reflected ? -1 : 1
    estimate.gazeX = found ? side * gaze[0] : Number.NaN
    estimate.gazeY = found ? gaze[1] : Number.NaN
  }

  return {
    observe,
    captureNeutral: (atMs, durationMs = NEUTRAL_CAPTURE_MS) => {
      capture.start(atMs, durationMs)
      estimate.neutralCapture = capture.status
    },
    baseline: baseline.snapshot,
    perclos: eyes.perclos,
  }
}

function writeAngles(reader: FaceReader, estimate: MutableEstimate): void {
  estimate.yaw = reader.pose[0]
  estimate.pitch = reader.pose[1]
  estimate.roll = reader.pose[2]
}
