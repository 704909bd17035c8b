export interface Percentiles {
  readonly count: number
  readonly p50: number
  /** 97.5 %, as autocannon has it. */
  readonly p97: number
  readonly p99: number
  readonly max: number
}

/** Nearest-rank percentiles of the samples themselves; all are kept, a run has some thousands. */
export function percentilesOf(samples: ArrayLike<number>): Percentiles {
  const sorted = Float64Array.from(samples).sort()
  const at = (share: number) =>
    sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
  return { count: sorted.length, p50: at(0.5), p97: at(0.975), p99: at(0.99), max: at(1) }
}

/** The middle value; of an even number of values the mean of the middle two. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
  return (lower + upper) / 2
}
