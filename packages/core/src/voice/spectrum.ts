/**
 * Where in the spectrum the energy of 30 ms of sound lies: a Hann window over 480 samples and a real
 * transform of 512 points, done as a complex one of 256 with four radix-4 passes.
 */
import { ANALYSIS_RATE } from './resampler.js'

export const FRAME_SAMPLES = 480
const POINTS = 256
const BIN_HZ = ANALYSIS_RATE / (2 * POINTS)

/** Mean square (full scale 1) of the bands the measures are made of, in Hz. */
export interface BandPowers {
  /** 200 to 3800: what speech is told from noise by. */
  speech: number
  /** 80 to 1000 and 1000 to 5000: their ratio is the spectral tilt, their sum the loudness. */
  low: number
  high: number
}

export interface SpectrumReader {
  readonly bands: BandPowers
  /** Measures FRAME_SAMPLES samples (-1..1) into `bands`. Allocates nothing and remembers nothing. */
  read(frame: Float64Array): void
}

const binOf = (hertz: number): number => Math.round(hertz / BIN_HZ)
const SPEECH_FROM = binOf(200)
const SPEECH_TO = binOf(3_800)
const LOW_FROM = binOf(80)
const HIGH_FROM = binOf(1_000)
const HIGH_TO = binOf(5_000)

export function createSpectrumReader(): SpectrumReader {
  const window = Float64Array.from(
    { length: FRAME_SAMPLES },
    (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 0.5)) / FRAME_SAMPLES),
  )
  /** The frame under the window, and zeros up to 512. */
  const windowed = new Float64Array(2 * POINTS)
  // One-sided power of a bin; 3/8 is the mean square of the Hann window.
  const scale = 2 / (2 * POINTS * FRAME_SAMPLES * (3 / 8))
  const order = Uint8Array.from({ length: POINTS / 4 }, (_, n) => reverseDigits(4 * n))
  const cosine = Float64Array.from({ length: 2 * POINTS }, (_, k) =>
    Math.cos((Math.PI * k) / POINTS),
  )
  const sine = Float64Array.from({ length: 2 * POINTS }, (_, k) => Math.sin((Math.PI * k) / POINTS))
  const re = new Float64Array(POINTS)
  const im = new Float64Array(POINTS)
  const bands = { speech: 0, low: 0, high: 0 }

  function read(frame: Float64Array): void {
    for (let n = 0; n < FRAME_SAMPLES; n++) windowed[n] = frame[n] * window[n]
    loadFirstPass(windowed, order, re, im)
    for (let quarter = 4; quarter < POINTS; quarter *= 4) {
      passOn(re, im, quarter, cosine, sine)
    }
    const rumble = sumOf(LOW_FROM, SPEECH_FROM)
    const low = sumOf(SPEECH_FROM, HIGH_FROM)
    const high = sumOf(HIGH_FROM, SPEECH_TO)
    bands.speech = low + high
    bands.low = rumble + low
    bands.high = high + sumOf(SPEECH_TO, HIGH_TO)
  }

  function sumOf(from: number, to: number): number {
    let sum = 0
    for (let k = from; k < to; k++) sum += powerOf(k)
    return scale * sum
  }

  /** Bin k of the real transform, from the complex one of the even and odd samples. */
  function powerOf(k: number): number {
    const m = POINTS - k
    const evenRe = 0.5 * (re[k] + re[m])
    const evenIm = 0.5 * (im[k] - im[m])
    const oddRe = 0.5 * (im[k] + im[m])
    const oddIm = 0.5 * (re[m] - re[k])
    const c = cosine[k]
    const s = sine[k]
    const x = evenRe + c * oddRe + s * oddIm
    const y = evenIm + c * oddIm - s * oddRe
    return x * x + y * y
  }

  return { bands, read }
}

/** The first pass of the transform: four points at a time, in digit-reversed order, nothing turned. */
function loadFirstPass(
  x: Float64Array,
  order: Uint8Array,
  re: Float64Array,
  im: Float64Array,
): void {
  for (let group = 0; group < POINTS / 4; group++) {
    const from = 2 * order[group]
    const to = 4 * group
    const sumRe = x[from] + x[from + POINTS]
    const sumIm = x[from + 1] + x[from + POINTS + 1]
    const lessRe = x[from] - x[from + POINTS]
    const lessIm = x[from + 1] - x[from + POINTS + 1]
    const oddRe = x[from + POINTS / 2] + x[from + (3 * POINTS) / 2]
    const oddIm = x[from + POINTS / 2 + 1] + x[from + (3 * POINTS) / 2 + 1]
    const crossRe = x[from + POINTS / 2 + 1] - x[from + (3 * POINTS) / 2 + 1]
    const crossIm = x[from + (3 * POINTS) / 2] - x[from + POINTS / 2]
    re[to] = sumRe + oddRe
    im[to] = sumIm + oddIm
    re[to + 1] = lessRe + crossRe
    im[to + 1] = lessIm + crossIm
    re[to + 2] = sumRe - oddRe
    im[to + 2] = sumIm - oddIm
    re[to + 3] = lessRe - crossRe
    im[to + 3] = lessIm - crossIm
  }
}

/** A later pass: four transforms of `quarter` points become one, turned by exp(-iπk/256). */
function passOn(
  re: Float64Array,
  im: Float64Array,
  quarter: number,
  cosine: Float64Array,
  sine: Float64Array,
): void {
  const turn = (2 * POINTS) / (4 * quarter)
  for (let j = 0; j < quarter; j++) {
    const c1 = cosine[j * turn]
    const s1 = sine[j * turn]
    const c2 = cosine[2 * j * turn]
    const s2 = sine[2 * j * turn]
    const c3 = c1 * c2 - s1 * s2
    const s3 = s1 * c2 + c1 * s2
    for (let a = j; a < POINTS; a += 4 * quarter) {
      const b = a + quarter
      const c = b + quarter
      const d = c + quarter
      const bRe = re[b] * c1 + im[b] * s1
      const bIm = im[b] * c1 - re[b] * s1
      const cRe = re[c] * c2 + im[c] * s2
      const cIm = im[c] * c2 - re[c] * s2
      const dRe = re[d] * c3 + im[d] * s3
      const dIm = im[d] * c3 - re[d] * s3
      const sumRe = re[a] + cRe
      const sumIm = im[a] + cIm
      const lessRe = re[a] - cRe
      const lessIm = im[a] - cIm
      const oddRe = bRe + dRe
      const oddIm = bIm + dIm
      const crossRe = bIm - dIm
      const crossIm = dRe - bRe
      re[a] = sumRe + oddRe
      im[a] = sumIm + oddIm
      re[b] = lessRe + crossRe
      im[b] = lessIm + crossIm
      re[c] = sumRe - oddRe
      im[c] = sumIm - oddIm
      re[d] = lessRe - crossRe
      im[d] = lessIm - crossIm
    }
  }
}

/** The four base-4 digits of `n` back to front. */
function reverseDigits(n: number): number {
  return ((n & 3) << 6) | ((n & 12) << 2) | ((n & 48) >> 2) | ((n & 192) >> 6)
}
