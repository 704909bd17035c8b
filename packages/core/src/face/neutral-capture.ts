/**
 * A neutral face the person was asked to hold for some seconds: the median of each feature over
 * the frames of that time, so that a blink or a twitch in it does not matter.
 */
import { FEATURES } from './features.js'
import { createQuantileSketch, type QuantileSketch } from './quantile-sketch.js'

/** `failed`: too few usable frames came in the time; the earlier baseline stays in force. */
export type NeutralCaptureStatus = 'none' | 'running' | 'done' | 'failed'

/** Fewer would let one bad frame decide. */
const FEWEST_FRAMES = 5
const DURATION_MS = { min: 1000, max: 10_000 }

export interface NeutralCapture {
  readonly status: NeutralCaptureStatus
  /** Collects usable frames from `atMs` on. Throws RangeError outside 1 to 10 seconds. */
  start(atMs: number, durationMs: number): void
  /** Takes one usable frame, if it lies in the time asked for. */
  add(features: Float64Array, atMs: number): void
  /** The neutral face when the time is over and it has just been found, else null. */
  finish(atMs: number): number[] | null
}

export function createNeutralCapture(): NeutralCapture {
  let sketch: QuantileSketch | null = null
  let startMs = 0
  let endMs = 0
  const state = { status: 'none' as NeutralCaptureStatus, start, add, finish }

  function start(atMs: number, durationMs: number): void {
    if (!(durationMs >= DURATION_MS.min && durationMs <= DURATION_MS.max)) {
      throw new RangeError(`a neutral capture takes 1000 to 10000 ms, not ${durationMs}`)
    }
    sketch = createQuantileSketch()
    startMs = atMs
    endMs = atMs + durationMs
    state.status = 'running'
  }

  function add(features: Float64Array, atMs: number): void {
    if (sketch !== null && atMs >= startMs && atMs < endMs) sketch.add(features)
  }

  function finish(atMs: number): number[] | null {
    if (sketch === null || atMs < endMs) return null
    const collected = sketch
    sketch = null
    state.status = collected.count >= FEWEST_FRAMES ? 'done' : 'failed'
    return state.status === 'done' ? FEATURES.map((_, f) => collected.median(f)) : null
  }
  return state
}
