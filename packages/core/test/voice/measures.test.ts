import fc from 'fast-check'
import t from 'tap'
import { createNoiseFloor } from '../../src/voice/noise-floor.js'
import { createPitchScratch, createPitchTracker } from '../../src/voice/pitch.js'
import { createSpectrumReader, FRAME_SAMPLES } from '../../src/voice/spectrum.js'
import { toneOf } from './sounds.js'

fc.configureGlobal({ seed: 20_260_101 })

/** The same bands, by the definition of the transform. */
function bandsByDefinition(frame: Float64Array) {
  const window = (n: number) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 0.5)) / FRAME_SAMPLES)
  const power = (k: number) => {
    let re = 0
    let im = 0
    for (let n = 0; n < FRAME_SAMPLES; n++) {
      const angle = (2 * Math.PI * k * n) / 512
      re += frame[n]! * window(n) * Math.cos(angle)
      im -= frame[n]! * window(n) * Math.sin(angle)
    }
    return (2 * (re * re + im * im)) / (512 * FRAME_SAMPLES * 0.375)
  }
  const sum = (from: number, to: number) => {
    let total = 0
    for (let k = Math.round(from / 31.25); k < Math.round(to / 31.25); k++) total += power(k)
    return total
  }
  return { speech: sum(200, 3_800), low: sum(80, 1_000), high: sum(1_000, 5_000) }
}

t.test('bands hold what the transform by its definition says', async (t) => {
  const reader = createSpectrumReader()
  await t.resolves(async () =>
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -1, max: 1, noNaN: true }), {
          minLength: FRAME_SAMPLES,
          maxLength: FRAME_SAMPLES,
        }),
        (values) => {
          const frame = Float64Array.from(values)
          reader.read(frame)
          const expected = bandsByDefinition(frame)
          return (['speech', 'low', 'high'] as const).every(
            (band) => Math.abs(reader.bands[band] - expected[band]) < 1e-9 + 1e-9 * expected[band],
          )
        },
      ),
      { numRuns: 20 },
    ),
  )
})

t.test('a tone of a quarter of full scale has its mean square in its band', async (t) => {
  const reader = createSpectrumReader()
  reader.read(Float64Array.from(toneOf(600, 30, 16_000), (value) => value / 32_767))
  t.ok(Math.abs(reader.bands.low - 0.25 ** 2 / 2) < 1e-4, `${reader.bands.low}`)
  t.ok(reader.bands.high < 1e-5)
})

function pitchOf(samples: Int16Array): number[] {
  const tracker = createPitchTracker(createPitchScratch())
  const found: number[] = []
  for (let from = 0; from + FRAME_SAMPLES <= samples.length; from += FRAME_SAMPLES) {
    const frame = Float64Array.from(
      samples.subarray(from, from + FRAME_SAMPLES),
      (value) => value / 32_768,
    )
    tracker.push(frame, from > 0)
    found.push(...tracker.hertz.subarray(0, tracker.hops))
  }
  return found.slice(2)
}

t.test('the pitch of a tone is found within one percent', async (t) => {
  for (const harmonics of [1, 3, 10]) {
    for (const hertz of [72, 85, 110, 147, 199, 263, 340, 401, 440]) {
      const found = pitchOf(toneOf(hertz, 600, 16_000, 0.2, harmonics))
      t.ok(found.length >= 25, `${found.length} hops`)
      const worst = Math.max(...found.map((f) => Math.abs(f - hertz) / hertz))
      t.ok(worst < 0.01, `${hertz} Hz, ${harmonics} harmonics: ${(100 * worst).toFixed(2)} % off`)
    }
  }
})

t.test('noise has no pitch, nor has silence', async (t) => {
  let state = 1
  const noise = Int16Array.from({ length: 16_000 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 16) - 32_768
  })
  const found = pitchOf(noise)
  t.ok(found.filter((hertz) => !Number.isNaN(hertz)).length <= found.length / 20)
  t.ok(pitchOf(new Int16Array(16_000)).every((hertz) => Number.isNaN(hertz)))
})

t.test('the floor rises slowly, falls fast, and ignores what is loud for a while', async (t) => {
  const floor = createNoiseFloor()
  const hear = (decibels: number, frames: number) => {
    for (let i = 0; i < frames; i++) floor.push(decibels)
    return floor.level
  }
  t.ok(Math.abs(hear(-60, 150) + 60) < 0.5, 'settles on the room')
  t.ok(hear(-20, 60) < -55, 'two seconds of speech are not the room')
  hear(-60, 30)
  t.ok(hear(-40, 300) > -42, 'a louder room is, in the end')
  t.ok(hear(-70, 45) < -65, 'a quieter one at once')
})

t.test('the floor is the 15th percentile of what it remembers, in any order', async (t) => {
  await t.resolves(async () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -99, max: -1 }), { minLength: 150, maxLength: 400 }),
        (levels) => {
          const floor = createNoiseFloor()
          for (const level of levels) floor.push(level)
          const sorted = levels.slice(-150).sort((a, b) => a - b)
          // Repeating the last 4.5 s leaves the percentile where it is and lets the floor reach it.
          for (let i = 0; i < 6; i++) for (const level of levels.slice(-150)) floor.push(level)
          return Math.abs(floor.level - sorted[22]!) < 0.2 + (sorted[23]! - sorted[21]!)
        },
      ),
      { numRuns: 50 },
    ),
  )
})
