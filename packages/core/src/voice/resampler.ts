/**
 * Brings a microphone's sound to 16 kHz, piece by piece, as if it had come in one: a windowed-sinc
 * filter whose taps are laid out once a rate (polyphase), so that a sample costs only its taps.
 *
 * Nothing above 5 kHz is looked at afterwards. The filter may therefore be soft: flat to 5 kHz, and
 * shut only from 11 kHz on, whose mirror image would land below 5 kHz.
 */

export const ANALYSIS_RATE = 16_000
/** The highest frequency that must survive unharmed. */
const HIGHEST_USED_HZ = 5_000
/** Kaiser window for 50 dB: what leaks through is below any microphone's own noise. */
const STOP_BAND_DB = 50
const KAISER_BETA = 0.5842 * (STOP_BAND_DB - 21) ** 0.4 + 0.07886 * (STOP_BAND_DB - 21)
/**
 * 44.1 kHz takes 160 phases exactly; rates that would take more use the nearest of these, which is
 * a jitter of a 320th of a sample.
 */
const MOST_PHASES = 160
/** Input taken in at once, in samples: bounds the buffer whatever the length of a message. */
const BLOCK = 512

export interface Resampler {
  /** Takes the first `count` samples, at `rate` Hz, and hands every 16 kHz sample (-1..1) to `sink`. */
  push(samples: Int16Array, count: number, rate: number): void
  /** Forgets what it holds: the next sample has nothing before it. */
  restart(): void
}

interface Kernel {
  readonly rate: number
  readonly taps: number
  readonly phases: number
  /** Tap k of phase p at p * taps + k. */
  readonly weights: Float32Array
}

/** A resampler; it takes the memory of its filter with the first sample of a rate. */
export function createResampler(sink: (sample: number) => void): Resampler {
  let kernel: Kernel | null = null
  let held = new Float32Array(0)
  // Object fields, not closure variables: V8 would box every number assigned to one.
  const state = { count: 0, position: 0 }

  function restart(): void {
    if (kernel === null) return
    // Half a filter of silence before the first sample keeps the output in time with the input.
    state.count = kernel.taps >> 1
    state.position = 0
    held.fill(0, 0, state.count)
  }

  function push(samples: Int16Array, count: number, rate: number): void {
    if (rate === ANALYSIS_RATE) {
      for (let i = 0; i < count; i++) sink(samples[i] / 32_768)
      return
    }
    if (kernel === null || kernel.rate !== rate) {
      kernel = createKernel(rate)
      held = new Float32Array(kernel.taps + BLOCK)
      restart()
    }
    for (let from = 0; from < count; from += BLOCK) {
      const to = Math.min(from + BLOCK, count)
      for (let i = from; i < to; i++) held[state.count++] = samples[i] / 32_768
      drain(kernel)
    }
  }

  function drain({ rate, taps, phases, weights }: Kernel): void {
    const step = rate / ANALYSIS_RATE
    let { position } = state
    while (Math.floor(position) + 1 + taps <= state.count) {
      let first = Math.floor(position)
      let phase = Math.round((position - first) * phases)
      if (phase === phases) {
        phase = 0
        first++
      }
      const row = phase * taps
      let sum = 0
      for (let k = 0; k < taps; k++) sum += held[first + k] * weights[row + k]
      sink(sum)
      position += step
    }
    const spent = Math.floor(position)
    held.copyWithin(0, spent, state.count)
    state.count -= spent
    state.position = position - spent
  }

  return { push, restart }
}

function createKernel(rate: number): Kernel {
  const phases = Math.min(ANALYSIS_RATE / greatestDivisor(rate, ANALYSIS_RATE), MOST_PHASES)
  // Going up, the images to be kept out begin at the mirror of the input's own top.
  const pass = rate > ANALYSIS_RATE ? HIGHEST_USED_HZ : 0.4 * rate
  const stop = rate > ANALYSIS_RATE ? ANALYSIS_RATE - HIGHEST_USED_HZ : 0.6 * rate
  const width = ((STOP_BAND_DB - 8) * rate) / (2.285 * 2 * Math.PI * (stop - pass))
  const taps = 2 * Math.ceil(width / 2) + 2
  const cutoff = (pass + stop) / rate
  const half = taps / 2
  const weights = new Float32Array(phases * taps)
  for (let phase = 0; phase < phases; phase++) {
    const row = weights.subarray(phase * taps, (phase + 1) * taps)
    let sum = 0
    for (let k = 0; k < taps; k++) {
      const x = k - half - phase / phases
      row[k] = sinc(x * cutoff) * kaiser(x / half)
      sum += row[k]
    }
    for (let k = 0; k < taps; k++) row[k] /= sum
  }
  return { rate, taps, phases, weights }
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

function kaiser(x: number): number {
  return Math.abs(x) > 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / besselI0(KAISER_BETA)
}

function besselI0(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}
