/**
 * How loud the room is when nobody speaks: the 15th percentile of the last 4.5 s, followed slowly
 * upwards and fast downwards, so that a long word does not become the floor and a silence does.
 */

const MEMORY_FRAMES = 150
const QUANTILE = 0.15
const RISE = 0.03
const FALL = 0.2
/** Levels are remembered in quarter decibels from here up. */
const LOWEST_DB = -100
const BINS_PER_DB = 4
const BINS = -LOWEST_DB * BINS_PER_DB
/** Someone who speaks from the first frame on must not be taken for the room. */
const LOUDEST_START_DB = -50

export interface NoiseFloor {
  /** dB re full scale; NaN before the first level. */
  readonly level: number
  /** Takes the level of the next 30 ms. */
  push(decibels: number): void
}

export function createNoiseFloor(): NoiseFloor {
  const remembered = new Uint16Array(MEMORY_FRAMES)
  const counts = new Uint8Array(BINS)
  const memory = { frames: 0, next: 0 }
  /** The bin the percentile is in, and how many levels lie in the bins below. */
  const percentile = { bin: 0, below: 0 }
  const state = { level: Number.NaN, push }

  function push(decibels: number): void {
    if (memory.frames === MEMORY_FRAMES) {
      const oldest = remembered[memory.next]
      counts[oldest]--
      if (oldest < percentile.bin) percentile.below--
    } else memory.frames++
    const bin = Math.floor((decibels - LOWEST_DB) * BINS_PER_DB)
    const kept = bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin
    remembered[memory.next] = kept
    counts[kept]++
    if (kept < percentile.bin) percentile.below++
    memory.next = (memory.next + 1) % MEMORY_FRAMES

    if (Number.isNaN(state.level)) state.level = Math.min(decibels, LOUDEST_START_DB)
    const target = settle()
    state.level += (target - state.level) * (target > state.level ? RISE : FALL)
  }

  /** Moves to the bin that holds the percentile; a few steps at most, since one level changes at a time. */
  function settle(): number {
    const rank = memory.frames * QUANTILE
    while (percentile.below > rank) percentile.below -= counts[--percentile.bin]
    while (percentile.below + counts[percentile.bin] <= rank) {
      percentile.below += counts[percentile.bin++]
    }
    return LOWEST_DB + (percentile.bin + 0.5) / BINS_PER_DB
  }
  return state
}
