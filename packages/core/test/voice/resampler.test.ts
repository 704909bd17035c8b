import fc from 'fast-check'
import t from 'tap'
import { createResampler } from '../../src/voice/resampler.js'
import { rootMeanSquare, toneOf } from './sounds.js'

fc.configureGlobal({ seed: 20_260_101 })

function resample(samples: Int16Array, rate: number, cuts: readonly number[] = []): number[] {
  const out: number[] = []
  const resampler = createResampler((sample) => out.push(sample))
  const edges = [0, ...[...cuts].sort((a, b) => a - b), samples.length]
  for (let i = 1; i < edges.length; i++) {
    const piece = samples.subarray(edges[i - 1], edges[i])
    resampler.push(piece, piece.length, rate)
  }
  return out
}

const RATES = [8_000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000]

t.test('the pieces a sound comes in leave no trace', async (t) => {
  const rate = fc.oneof(fc.constantFrom(...RATES), fc.integer({ min: 8_000, max: 48_000 }))
  await t.resolves(async () =>
    fc.assert(
      fc.property(rate, fc.array(fc.nat(4_000), { maxLength: 40 }), (hertz, cuts) => {
        const sound = toneOf(330, (4_000 / hertz) * 1000, hertz, 0.3, 5)
        const within = cuts.filter((cut) => cut <= sound.length)
        const whole = resample(sound, hertz)
        const pieces = resample(sound, hertz, within)
        return whole.length === pieces.length && whole.every((value, n) => value === pieces[n])
      }),
      { numRuns: 60 },
    ),
  )
})

t.test('a second of sound stays a second', async (t) => {
  for (const rate of RATES) {
    const { length } = resample(toneOf(300, 1_000, rate), rate)
    t.ok(Math.abs(length - 16_000) <= 40, `${rate} Hz: ${length} samples`)
  }
})

t.test('what speech is measured by passes unharmed', async (t) => {
  for (const rate of RATES) {
    for (const hertz of [100, 500, 1_500, 3_000, 5_000].filter((f) => f <= 0.375 * rate)) {
      const out = resample(toneOf(hertz, 200, rate), rate).slice(400, 2_800)
      const gain = 20 * Math.log10(rootMeanSquare(out) / (0.25 / Math.SQRT2))
      t.ok(Math.abs(gain) < 0.3, `${hertz} Hz at ${rate}: ${gain.toFixed(2)} dB`)
    }
  }
})

t.test('a tone comes out at its place, not just at its level', async (t) => {
  for (const rate of RATES) {
    const out = resample(toneOf(400, 200, rate), rate)
    const straight = toneOf(400, 200, 16_000)
    for (const n of [800, 1_111, 1_999]) {
      t.ok(Math.abs(out[n]! - straight[n]! / 32_768) < 0.012, `${rate} Hz, sample ${n}`)
    }
  }
})

t.test('what would fold down into speech is kept out', async (t) => {
  for (const [rate, hertz] of [
    [44_100, 12_500],
    [48_000, 11_500],
    [48_000, 15_000],
    [48_000, 20_000],
  ] as const) {
    const out = resample(toneOf(hertz, 200, rate), rate).slice(400, 2_800)
    const gain = 20 * Math.log10(rootMeanSquare(out) / (0.25 / Math.SQRT2))
    t.ok(gain < -38, `${hertz} Hz at ${rate}: ${gain.toFixed(1)} dB`)
  }
})
