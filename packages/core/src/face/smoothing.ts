/**
 * Smoothing in time rather than in frames, so that 5 and 30 frames a second draw the same curve.
 * The first values after a start are taken as they are: nothing ramps up from zero.
 */

export interface Smoother {
  readonly values: Float64Array
  /** Takes the next input, `dtMs` after the one before. */
  push(input: Float64Array, dtMs: number): void
  /** Forgets the past: the next input is taken as it is. */
  restart(): void
}

/**
 * Exponential smoothing with time constant `tauMs`: over `dt` the past keeps exp(-dt / tau).
 *
 * The input is taken to run straight from one frame to the next. The usual average, which lets the
 * new value stand for the whole interval, runs ahead by half a frame, and at 5 frames a second that
 * is a third of a clear action unit on an onset of 400 ms; this way 5 and 30 differ by less than a tenth.
 */
export function createSmoother(size: number, tauMs: number): Smoother {
  const values = new Float64Array(size)
  const previous = new Float64Array(size)
  let started = false

  function push(input: Float64Array, dtMs: number): void {
    if (!started) {
      started = true
      values.set(input)
    } else if (dtMs > 0) {
      const kept = Math.exp(-dtMs / tauMs)
      const level = ((1 - kept) * tauMs) / dtMs
      for (let i = 0; i < size; i++) {
        values[i] = kept * values[i] + (level - kept) * previous[i] + (1 - level) * input[i]
      }
    }
    previous.set(input)
  }

  function restart(): void {
    started = false
  }
  return { values, push, restart }
}

export interface LabelHold {
  /** Position of the label shown; -1 before the first input. */
  readonly index: number
  /** Takes the next probabilities; true when the label shown changed to another. */
  push(probabilities: ArrayLike<number>, likeliest: number, atMs: number): boolean
  restart(): void
}

/** A challenger must lead by this much .. */
const LEAD = 0.1
/** .. for this long, without a break. */
const HOLD_MS = 300

/** Hysteresis of the displayed label: it changes only for a lead that lasts. */
export function createLabelHold(): LabelHold {
  let challenger = -1
  const lead = { sinceMs: Number.NaN }
  const state = { index: -1, push, restart }

  function push(probabilities: ArrayLike<number>, likeliest: number, atMs: number): boolean {
    if (state.index === -1) {
      state.index = likeliest
      return false
    }
    if (probabilities[likeliest] - probabilities[state.index] <= LEAD) {
      challenger = -1
      return false
    }
    if (challenger !== likeliest) {
      challenger = likeliest
      lead.sinceMs = atMs
      return false
    }
    if (atMs - lead.sinceMs < HOLD_MS) return false
    state.index = likeliest
    challenger = -1
    return true
  }

  function restart(): void {
    state.index = -1
    challenger = -1
  }
  return state
}
