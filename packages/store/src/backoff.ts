export interface Backoff {
  /** Wait before the next try, ms; doubles with each call up to the ceiling. */
  next(): number
  /** After a success. */
  reset(): void
}

/** Exponential, bounded, with jitter over the upper half: processes must not come back in step. */
export function createBackoff(range: { readonly minMs: number; readonly maxMs: number }): Backoff {
  let ceiling = range.minMs
  return {
    next() {
      const wait = ceiling * (0.5 + Math.random() / 2)
      ceiling = Math.min(ceiling * 2, range.maxMs)
      return wait
    },
    reset() {
      ceiling = range.minMs
    },
  }
}
