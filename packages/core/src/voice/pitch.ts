/**
 * The pitch of a voice by YIN (de Cheveigné & Kawahara 2002, J. Acoust. Soc. Am. 111:1917): the lag
 * at which the sound differs least from itself, relative to shorter lags.
 *
 * Done at 4 kHz: a quarter of the samples and of the lags is a sixteenth of the work, and with the
 * minimum placed by a parabola a tone is found to well under a percent all the same. What is filtered
 * away above 1 kHz holds formants, which only mislead it.
 */
import { FRAME_SAMPLES } from './spectrum.js'

const DECIMATION = 4
const RATE = 4_000
const NEW_SAMPLES = FRAME_SAMPLES / DECIMATION
const HOP = (RATE * 20) / 1000
/** The longest lag takes in 66 Hz, so that a minimum at 70 Hz has neighbours on both sides. */
const LONGEST_LAG = 60
/** Samples compared: with the longest lag a window of 40 ms. */
const COMPARED = (RATE * 40) / 1000 - LONGEST_LAG
const SHORTEST_LAG = 8
const THRESHOLD = 0.15
const LOWEST_HZ = 70
const HIGHEST_HZ = 450
const WINDOW = COMPARED + LONGEST_LAG
/** Taps of the filter before the decimation. */
const TAPS = 13

/** Scratch that remembers nothing, so that trackers which are called in turn may share it. */
export interface PitchScratch {
  readonly wide: Float64Array
  readonly difference: Float64Array
}

export const createPitchScratch = (): PitchScratch => ({
  wide: new Float64Array(TAPS - 1 + FRAME_SAMPLES),
  difference: new Float64Array(LONGEST_LAG + 1),
})

export interface PitchTracker {
  /** Hz of the hops the last `push` completed, NaN where the sound has no pitch. */
  readonly hertz: Float64Array
  /** How many hops that were: 1 or 2; 0 when it was not to look. */
  readonly hops: number
  /** Takes 30 ms of sound; looks for its pitch only when asked to, since that is the dear part. */
  push(frame: Float64Array, look: boolean): void
  restart(): void
}

export function createPitchTracker({ wide, difference }: PitchScratch): PitchTracker {
  /** The end of the frame before, which the filter still reaches. */
  const tail = new Float64Array(TAPS - 1)
  const sound = new Float64Array(WINDOW + NEW_SAMPLES)
  const hertz = new Float64Array(2)
  const state = { hertz, hops: 0, push, restart }
  const clock = { sinceHop: 0 }

  function push(frame: Float64Array, look: boolean): void {
    wide.set(tail)
    wide.set(frame, tail.length)
    for (let n = 0; n < tail.length; n++) tail[n] = wide[FRAME_SAMPLES + n]
    sound.copyWithin(0, NEW_SAMPLES)
    for (let n = 0; n < NEW_SAMPLES; n++) sound[WINDOW + n] = filteredAt(wide, n * DECIMATION)
    state.hops = 0
    for (let end = HOP - clock.sinceHop; end <= NEW_SAMPLES; end += HOP) {
      if (look) hertz[state.hops++] = findPitch(sound, end, difference)
    }
    clock.sinceHop = (clock.sinceHop + NEW_SAMPLES) % HOP
  }

  function restart(): void {
    tail.fill(0)
    sound.fill(0)
    clock.sinceHop = 0
  }
  return state
}

/** (1 2 1) squared, convolved with itself spread to every second sample: -57 dB around 3.5 and 7 kHz. */
function filteredAt(x: Float64Array, n: number): number {
  return (
    (x[n] +
      x[n + 12] +
      4 * (x[n + 1] + x[n + 11]) +
      10 * (x[n + 2] + x[n + 10]) +
      (20 * (x[n + 3] + x[n + 9]) + 31 * (x[n + 4] + x[n + 8])) +
      (40 * (x[n + 5] + x[n + 7]) + 44 * x[n + 6])) /
    256
  )
}

/** Pitch of the WINDOW samples from `from` on; stops at the first lag that will do. */
function findPitch(sound: Float64Array, from: number, difference: Float64Array): number {
  let energy = 0
  for (let j = from; j < from + COMPARED; j++) energy += sound[j] * sound[j]
  let shifted = energy
  let sum = 0
  let best = 0
  let lowest = THRESHOLD
  for (let lag = 1; lag < LONGEST_LAG; lag += 4) {
    correlate(sound, from, lag, difference)
    for (let t = lag; t < lag + 4 && t <= LONGEST_LAG; t++) {
      const leaving = sound[from + t - 1]
      const entering = sound[from + COMPARED + t - 1]
      shifted += entering * entering - leaving * leaving
      difference[t] = Math.max(energy + shifted - 2 * difference[t], 0)
      sum += difference[t]
      const relative = sum > 0 ? (difference[t] * t) / sum : 1
      if (t >= SHORTEST_LAG && relative < lowest) {
        lowest = relative
        best = t
      } else if (best > 0) return hertzOf(difference, best)
    }
  }
  return Number.NaN
}

/** Four lags in one walk over the samples, each of which is then read once instead of four times. */
function correlate(sound: Float64Array, from: number, lag: number, into: Float64Array): void {
  let r0 = 0
  let r1 = 0
  let r2 = 0
  let r3 = 0
  let a = sound[from + lag]
  let b = sound[from + lag + 1]
  let c = sound[from + lag + 2]
  for (let j = from; j < from + COMPARED; j++) {
    const x = sound[j]
    const d = sound[j + lag + 3]
    r0 += x * a
    r1 += x * b
    r2 += x * c
    r3 += x * d
    a = b
    b = c
    c = d
  }
  into[lag] = r0
  into[lag + 1] = r1
  into[lag + 2] = r2
  into[lag + 3] = r3
}

function hertzOf(difference: Float64Array, lag: number): number {
  const before = difference[lag - 1]
  const at = difference[lag]
  const after = difference[lag + 1]
  const curvature = before - 2 * at + after
  const offset = curvature > 0 ? (before - after) / (2 * curvature) : 0
  const hertz = RATE / (lag + offset)
  return hertz >= LOWEST_HZ && hertz <= HIGHEST_HZ ? hertz : Number.NaN
}
