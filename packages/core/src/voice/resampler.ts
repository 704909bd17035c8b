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
/** Kaiser window for 40 dB: speech itself is 20 to 30 dB weaker up there than where it is measured. */
const STOP_BAND_DB = 40
const KAISER_BETA = 0.5842 * (STOP_BAND_DB - 21) ** 0.4 + 0.07886 * (STOP_BAND_DB - 21)
/**
 * 44.1 kHz takes 160 phases exactly; rates that would take more use the next below of these, which
 * is a jitter of a 160th of a sample at most.
 */
const MOST_PHASES = 160
/** Input taken in at once, in samples: bounds the buffer whatever the length of a message. */
const BLOCK = 512

export interface Resampler {
  /** Takes the first `count` samples, at a `rate` (Hz) other than 16 kHz, and hands every 16 kHz sample (-1..1) to `sink`. */
  push(samples: Int16Array, count: number, rate: number): void
  /** Forgets what it holds: the next sample has nothing before it. */
  restart(): void
}

interface Kernel {
  readonly rate: number
  readonly taps: number
  readonly phases: number
  /** An output sample lies `whole` + `part` / `parts` input samples after the one before. */
  readonly whole: number
  readonly part: number
  readonly parts: number
  /** Tap k of phase p at p * taps + k. */
  readonly weights: Float64Array
}

/** A resampler; it takes the memory of its filter with the first sample of a rate. */
export function createResampler(sink: (sample: number) => void): Resampler {
  let kernel: Kernel | null = null
  let held = new Float64Array(0)
  const state = { count: 0, part: 0, skip: 0 }

  function restart(): void {
    if (kernel === null) return
    // Half a filter of silence before the first sample keeps the output in time with the input.
    state.count = kernel.taps >> 1
    state.part = 0
    state.skip = 0
    held.fill(0, 0, state.count)
  }

  function push(samples: Int16Array, count: number, rate: number): void {
    if (kernel === null || kernel.rate !== rate) {
      kernel = createKernel(rate)
      held = new Float64Array(kernel.taps + BLOCK)
      restart()
    }
    for (let from = 0; from < count; from += BLOCK) {
      const to = Math.min(from + BLOCK, count)
      for (let i = from; i < to; i++) held[state.count + i - from] = samples[i] / 32_768
      state.count += to - from
      drain(kernel)
    }
  }

  function drain({ taps, phases, whole, part, parts, weights }: Kernel): void {
    const x = held
    const { count } = state
    let first = state.skip
    let at = state.part
    while (first + taps <= count) {
      const row = Math.floor((at * phases) / parts) * taps
      // Four sums, because a processor adds to one only every fourth cycle.
      let a = 0
      let b = 0
      let c = 0
      let d = 0
      for (let k = 0; k < taps; k += 4) {
        a += x[first + k] * weights[row + k]
        b += x[first + k + 1] * weights[row + k + 1]
        c += x[first + k + 2] * weights[row + k + 2]
        d += x[first + k + 3] * weights[row + k + 3]
      }
      sink(a + b + c + d)
      first += whole
      at += part
      if (at >= parts) {
        at -= parts
        first++
      }
    }
    state.part = at
    // Going down, the next output may begin beyond what has come.
    const spent = Math.min(first, count)
    state.skip = first - spent
    x.copyWithin(0, spent, count)
    state.count = count - spent
  }

  return { push, restart }
}

function createKernel(rate: number): Kernel {
  const divisor = greatestDivisor(rate, ANALYSIS_RATE)
  const parts = ANALYSIS_RATE / divisor
  const phases = Math.min(parts, MOST_PHASES)
  // Going up, the images to be kept out begin at the mirror of the input's own top.
  const pass = rate > ANALYSIS_RATE ? HIGHEST_USED_HZ : 0.4 * rate
  const stop = rate > ANALYSIS_RATE ? ANALYSIS_RATE - HIGHEST_USED_HZ : 0.6 * rate
  const width = ((STOP_BAND_DB - 8) * rate) / (2.285 * 2 * Math.PI * (stop - pass))
  const taps = 4 * Math.ceil((width + 2) / 4)
  const cutoff = (pass + stop) / rate
  const half = taps / 2
  const weights = new Float64Array(phases * taps)
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
  return {
    rate,
    taps,
    phases,
    whole: Math.floor(rate / ANALYSIS_RATE),
    part: (rate / divisor) % parts,
    parts,
    weights,
  }
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
