/**
 * Running quantiles of one session's features in fixed bins: bounded memory, deterministic, and
 * independent of the order the frames came in, which sampling sketches are not.
 *
 * Bins span the population mean +- 6 SD; beyond, a value counts in the end bin. One bin is .09 SD
 * wide and a quantile is placed inside its bin by rank, so the error is far below landmark jitter.
 */
import { FEATURES } from './features.js'
import { POPULATION_MEAN, POPULATION_SD } from './population.js'

const BINS = 128
const HALF_RANGE_SD = 6
const DECILES = 10

/** Deciles 0, 10, .. 100 % of each feature as bin numbers: enough to go on from after a restart. */
export type SketchSummary = readonly (readonly number[])[]

export interface QuantileSketch {
  /** Values added per feature. */
  readonly count: number
  /** Adds one value for every feature, in the order of FEATURES. */
  add(features: Float64Array): void
  /** The value below which `fraction` of a feature's values lie. NaN while empty. */
  quantile(feature: number, fraction: number): number
  /** The running median, kept up to date by `add` at constant cost. NaN while empty. */
  median(feature: number): number
  summary(): SketchSummary
}

/** An empty sketch, or one refilled from `count` values with the given deciles. Takes 12 KB. */
export function createQuantileSketch(restored?: {
  count: number
  deciles: SketchSummary
}): QuantileSketch {
  const counts = new Uint32Array(FEATURES.length * BINS)
  /** For each feature the bin its median is in, and how many values lie in the bins below. */
  const medianBin = new Uint8Array(FEATURES.length)
  const belowMedian = new Uint32Array(FEATURES.length)
  const state = { count: 0, add, quantile, median, summary }

  if (restored) {
    state.count = restored.count
    for (let f = 0; f < FEATURES.length; f++) {
      spread(counts.subarray(f * BINS, (f + 1) * BINS), restored.count, restored.deciles[f])
      settleMedian(f)
    }
  }

  function add(features: Float64Array): void {
    state.count++
    for (let f = 0; f < FEATURES.length; f++) {
      const bin = binOf(f, features[f])
      counts[f * BINS + bin]++
      if (bin < medianBin[f]) belowMedian[f]++
      settleMedian(f)
    }
  }

  /**
   * Moves to the one bin with less than half of the values below it and at least half up to its
   * end; rarely more than a step. Any looser rule would let the order of arrival decide ties.
   */
  function settleMedian(f: number): void {
    const half = state.count / 2
    while (belowMedian[f] >= half) {
      medianBin[f]--
      belowMedian[f] -= counts[f * BINS + medianBin[f]]
    }
    while (belowMedian[f] + counts[f * BINS + medianBin[f]] < half) {
      belowMedian[f] += counts[f * BINS + medianBin[f]]
      medianBin[f]++
    }
  }

  function median(f: number): number {
    const bin = medianBin[f]
    return place(f, bin, (state.count / 2 - belowMedian[f]) / counts[f * BINS + bin])
  }

  function quantile(f: number, fraction: number): number {
    const rank = state.count * fraction
    let below = 0
    for (let bin = 0; bin < BINS; bin++) {
      const inBin = counts[f * BINS + bin]
      if (inBin > 0 && below + inBin >= rank) return place(f, bin, (rank - below) / inBin)
      below += inBin
    }
    return Number.NaN
  }

  function summary(): SketchSummary {
    return FEATURES.map((_, f) =>
      Array.from({ length: DECILES + 1 }, (_unused, k) => binOf(f, quantile(f, k / DECILES))),
    )
  }
  return state
}

/** Whether `value` has the shape `summary` gives. */
export function isSketchSummary(value: unknown): value is SketchSummary {
  return (
    Array.isArray(value) &&
    value.length === FEATURES.length &&
    value.every(
      (row) =>
        Array.isArray(row) &&
        row.length === DECILES + 1 &&
        row.every((bin, k) => Number.isInteger(bin) && bin >= (row[k - 1] ?? 0) && bin < BINS),
    )
  )
}

function binWidth(f: number): number {
  return (2 * HALF_RANGE_SD * POPULATION_SD[f]) / BINS
}

function binOf(f: number, value: number): number {
  const low = POPULATION_MEAN[f] - HALF_RANGE_SD * POPULATION_SD[f]
  const bin = Math.floor((value - low) / binWidth(f))
  return bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin
}

function place(f: number, bin: number, share: number): number {
  const low = POPULATION_MEAN[f] - HALF_RANGE_SD * POPULATION_SD[f]
  return low + (bin + share) * binWidth(f)
}

/** Puts a tenth of `count` evenly over the bins from each decile to the next. */
function spread(counts: Uint32Array, count: number, deciles: readonly number[]): void {
  for (let k = 0; k < DECILES; k++) {
    const from = deciles[k]
    const bins = deciles[k + 1] - from + 1
    const first = Math.floor((count * k) / DECILES)
    const share = Math.floor((count * (k + 1)) / DECILES) - first
    for (let b = 0; b < bins; b++) {
      counts[from + b] += Math.floor((share * (b + 1)) / bins) - Math.floor((share * b) / bins)
    }
  }
}
