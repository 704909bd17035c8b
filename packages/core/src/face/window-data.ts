/**
 * A window of the session as it is stored: plain JSON, and enough in it (weight, mean and variance
 * of time) to take it apart into its sums again.
 */
import { EXPRESSIONS, type ExpressionLabel, indexOfLargest } from './expression.js'
import { AFFECT_SIZE, createWindowSums, shiftOrigin, type WindowSums } from './window-sums.js'

export interface FaceWindowData {
  readonly index: number
  /** On the session's clock, ms. */
  readonly startMs: number
  readonly endMs: number
  /** All frames that arrived: the sum of the five counts below. */
  readonly frames: number
  readonly usable: number
  readonly noFace: number
  readonly poseRejected: number
  /** Malformed, or late. */
  readonly rejected: number
  /** Sampled away under load, never looked at. */
  readonly dropped: number
  /** Sum of the usable frames' quality: what the window counts for in a mean of windows. */
  readonly weight: number
  /** Mean in the order of EXPRESSIONS, each frame counting by its quality; null without usable frames. */
  readonly probabilities: readonly number[] | null
  /** The likeliest of `probabilities`; never a guess when there are none. */
  readonly label: ExpressionLabel | 'unknown'
  /** -1..1; null without usable frames. */
  readonly valence: number | null
  readonly arousal: number | null
  readonly dominance: number | null
  /** Change per second, least squares; null with fewer than two moments. */
  readonly valenceSlope: number | null
  readonly arousalSlope: number | null
  readonly dominanceSlope: number | null
  /** Weighted mean (seconds from startMs) and variance of the frames' times; null without any. */
  readonly timeMean: number | null
  readonly timeVariance: number | null
  /** How often the shown label changed. */
  readonly transitions: number
  /** Blinks in the `blinkObservedMs` with 15 frames a second or more; null when there was no such time. */
  readonly blinks: number | null
  readonly blinkObservedMs: number
  /** Share of `eyesObservedMs` with eyes more than 80 % shut; null when they were never seen. */
  readonly eyesClosedRatio: number | null
  readonly eyesObservedMs: number
  /** Mean of the usable frames, 0..1; 0 without any. */
  readonly quality: number
  /** Mean of the usable frames, 0..1; 0 without any. */
  readonly confidence: number
  /** Entropy of `probabilities` over its maximum: 0 certain, 1 anything; null without usable frames. */
  readonly entropy: number | null
  /** Share of the window's time that usable frames stand for, 0..1. */
  readonly coverage: number
  /** Mean intensities in the order of ACTION_UNITS, by quality; null without usable frames. */
  readonly actionUnits: readonly number[] | null
  /** In some frame the aspect ratio was assumed. */
  readonly aspectAssumed: boolean
  /** Mean absolute degrees over the usable frames; null without any. */
  readonly meanAbsoluteYaw: number | null
  readonly meanAbsolutePitch: number | null
}

/** Times closer than this, in seconds squared, give no slope. */
const LEAST_TIME_VARIANCE = 1e-4

/** What `sums` (times in seconds from `startMs`) tell. */
export function describeSums(
  sums: WindowSums,
  index: number,
  startMs: number,
  endMs: number,
): FaceWindowData {
  const { usable, weight } = sums
  const measured = usable > 0 && weight > 0
  const means = (values: Float64Array, digits: number): number[] | null =>
    measured ? Array.from(values, (value) => round(value / weight, digits)) : null
  const perFrame = (sum: number, digits: number): number =>
    usable > 0 ? round(sum / usable, digits) : 0
  const probabilities = means(sums.probabilities, 4)
  const affect = means(sums.affect, 4) ?? [null, null, null]
  const slopes = slopesOf(sums)
  const timeMean = sums.time / weight
  return {
    index,
    startMs,
    endMs,
    frames: usable + sums.noFace + sums.poseRejected + sums.rejected + sums.dropped,
    usable,
    noFace: sums.noFace,
    poseRejected: sums.poseRejected,
    rejected: sums.rejected,
    dropped: sums.dropped,
    weight: round(weight, 4),
    probabilities,
    label: probabilities === null ? 'unknown' : EXPRESSIONS[indexOfLargest(probabilities)],
    valence: affect[0],
    arousal: affect[1],
    dominance: affect[2],
    valenceSlope: slopes[0],
    arousalSlope: slopes[1],
    dominanceSlope: slopes[2],
    timeMean: measured ? round(timeMean, 4) : null,
    timeVariance: measured ? round(timeVarianceOf(sums), 5) : null,
    transitions: sums.transitions,
    blinks: sums.blinkObservedMs > 0 ? sums.blinks : null,
    blinkObservedMs: Math.round(sums.blinkObservedMs),
    eyesClosedRatio:
      sums.eyesObservedMs > 0 ? round(sums.eyesClosedMs / sums.eyesObservedMs, 4) : null,
    eyesObservedMs: Math.round(sums.eyesObservedMs),
    quality: perFrame(weight, 4),
    confidence: perFrame(sums.confidence, 4),
    entropy: probabilities === null ? null : round(normalisedEntropy(probabilities), 3),
    coverage: endMs > startMs ? round(Math.min(1, sums.coveredMs / (endMs - startMs)), 4) : 0,
    actionUnits: means(sums.actionUnits, 3),
    aspectAssumed: sums.aspectAssumed,
    meanAbsoluteYaw: usable > 0 ? perFrame(sums.absoluteYaw, 2) : null,
    meanAbsolutePitch: usable > 0 ? perFrame(sums.absolutePitch, 2) : null,
  }
}

/** The sums `data` was made of, up to its rounding, with times in seconds from `originMs`. */
export function recoverSums(data: FaceWindowData, originMs: number): WindowSums {
  const sums = createWindowSums()
  const { weight, usable } = data
  sums.usable = usable
  sums.noFace = data.noFace
  sums.poseRejected = data.poseRejected
  sums.rejected = data.rejected
  sums.dropped = data.dropped
  sums.transitions = data.transitions
  sums.blinks = data.blinks ?? 0
  sums.blinkObservedMs = data.blinkObservedMs
  sums.eyesObservedMs = data.eyesObservedMs
  sums.eyesClosedMs = (data.eyesClosedRatio ?? 0) * data.eyesObservedMs
  sums.coveredMs = data.coverage * (data.endMs - data.startMs)
  sums.aspectAssumed = data.aspectAssumed
  sums.confidence = data.confidence * usable
  sums.absoluteYaw = (data.meanAbsoluteYaw ?? 0) * usable
  sums.absolutePitch = (data.meanAbsolutePitch ?? 0) * usable
  sums.weight = weight
  const mean = data.timeMean ?? 0
  const variance = data.timeVariance ?? 0
  sums.time = weight * mean
  sums.timeSquared = weight * (variance + mean * mean)
  data.probabilities?.forEach((value, i) => {
    sums.probabilities[i] = value * weight
  })
  data.actionUnits?.forEach((value, i) => {
    sums.actionUnits[i] = value * weight
  })
  const affect = [data.valence, data.arousal, data.dominance]
  const slopes = [data.valenceSlope, data.arousalSlope, data.dominanceSlope]
  for (let i = 0; i < AFFECT_SIZE; i++) {
    const value = affect[i] ?? 0
    sums.affect[i] = value * weight
    sums.affectTime[i] = weight * (mean * value + (slopes[i] ?? 0) * variance)
  }
  shiftOrigin(sums, (data.startMs - originMs) / 1000)
  return sums
}

function timeVarianceOf(sums: WindowSums): number {
  const mean = sums.time / sums.weight
  return Math.max(sums.timeSquared / sums.weight - mean * mean, 0)
}

function slopesOf(sums: WindowSums): (number | null)[] {
  const variance = timeVarianceOf(sums)
  const mean = sums.time / sums.weight
  return Array.from({ length: AFFECT_SIZE }, (_, i) => {
    if (!(variance >= LEAST_TIME_VARIANCE)) return null
    const covariance = (sums.affectTime[i] - mean * sums.affect[i]) / sums.weight
    return round(covariance / variance, 5)
  })
}

function normalisedEntropy(probabilities: readonly number[]): number {
  const entropy = probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0)
  return entropy / Math.log(probabilities.length)
}

function round(value: number, digits: number): number {
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}
