/**
 * Pitches of a window counted in half semitones: medians and ranges of windows can then be told of
 * all of them together, which quantiles alone do not allow.
 */

const BINS_PER_SEMITONE = 2
/** Just below 70 Hz to just above 450 Hz, in semitones above 100 Hz. */
const LOWEST_SEMITONE = -6.5
export const PITCH_BINS = 66

/** Counts from bin `first` on, without the empty ends. */
export interface PitchCounts {
  readonly first: number
  readonly counts: readonly number[]
}

export const semitonesOf = (hertz: number): number => 12 * Math.log2(hertz / 100)

export function addPitch(histogram: Uint32Array, semitones: number): void {
  const bin = Math.floor((semitones - LOWEST_SEMITONE) * BINS_PER_SEMITONE)
  histogram[Math.min(Math.max(bin, 0), PITCH_BINS - 1)]++
}

export function addPitchCounts(histogram: Uint32Array, { first, counts }: PitchCounts): void {
  counts.forEach((count, i) => {
    if (first + i < PITCH_BINS) histogram[first + i] += count
  })
}

/** null when nothing was counted. */
export function pitchCountsOf(histogram: Uint32Array): PitchCounts | null {
  const first = histogram.findIndex((count) => count > 0)
  if (first === -1) return null
  const last = histogram.findLastIndex((count) => count > 0)
  return { first, counts: Array.from(histogram.subarray(first, last + 1)) }
}

/** Semitones above 100 Hz below which `fraction` of the pitches lie; null when there is none. */
export function pitchQuantile(histogram: Uint32Array, fraction: number): number | null {
  let total = 0
  for (const count of histogram) total += count
  if (total === 0) return null
  const rank = total * fraction
  let below = 0
  for (let bin = 0; bin < PITCH_BINS; bin++) {
    const count = histogram[bin]
    if (count > 0 && below + count >= rank) {
      return LOWEST_SEMITONE + (bin + (rank - below) / count) / BINS_PER_SEMITONE
    }
    below += count
  }
  return null
}
