import type { Sample } from './metrics.js'

/** Counts by the values of labels; every combination that was ever counted keeps its number. */
export interface Tally {
  /** The values come from a bounded set: what is counted once is never forgotten. */
  add(...values: readonly [string, ...string[]]): void
  samples(): Iterable<Sample>
}

export function createTally(): Tally {
  const counts = new Map<string, { readonly values: readonly string[]; count: number }>()

  return {
    add(...values) {
      const key = values.join('\n')
      const known = counts.get(key)
      if (known === undefined) counts.set(key, { values, count: 1 })
      else known.count += 1
    },
    *samples() {
      for (const { values, count } of counts.values()) yield [count, ...values]
    },
  }
}
