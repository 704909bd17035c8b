import { createSimulatedFace } from '@bemore/testing'
import fc from 'fast-check'
import t from 'tap'
import { createSessionBaseline } from '../src/face/baseline.js'
import { FEATURE_INDEX, FEATURES } from '../src/face/features.js'
import { POPULATION_MEAN, POPULATION_SD } from '../src/face/population.js'
import { createQuantileSketch } from '../src/face/quantile-sketch.js'
import { isBaselineSnapshot, neutralFromFrames } from '../src/index.js'
import { frameOf, nobody } from './face-frames.js'

fc.configureGlobal({ seed: 20_260_101 })

/** Features of a face that is `deviations` SD off the population in everything. */
function faceAt(deviations: number): Float64Array {
  return Float64Array.from(
    FEATURES,
    (_, f) => (POPULATION_MEAN[f] ?? 0) + deviations * (POPULATION_SD[f] ?? 0),
  )
}

function sketchOf(deviations: readonly number[]) {
  const sketch = createQuantileSketch()
  for (const value of deviations) sketch.add(faceAt(value))
  return sketch
}

const inDeviations = (feature: number, value: number) =>
  (value - (POPULATION_MEAN[feature] ?? 0)) / (POPULATION_SD[feature] ?? 0)

const deviationList = fc.array(fc.double({ min: -5.9, max: 5.9, noNaN: true }), {
  minLength: 1,
  maxLength: 200,
})

t.test('quantiles are those of a full sort, to the width of a bin', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(deviationList, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
        const sorted = [...values].sort((a, b) => a - b)
        const exact = sorted[Math.ceil(share * values.length) - 1] ?? Number.NaN
        const found = inDeviations(3, sketchOf(values).quantile(3, share))
        return Math.abs(found - exact) <= 0.1
      }),
    ),
  )
})

t.test('the running median is the half quantile at every step, in any order', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(deviationList, (values) => {
        const sketch = createQuantileSketch()
        for (const value of values) {
          sketch.add(faceAt(value))
          if (Math.abs(sketch.median(5) - sketch.quantile(5, 0.5)) > 1e-9) return false
        }
        const reversed = sketchOf([...values].reverse())
        return FEATURES.every((_, f) => reversed.median(f) === sketch.median(f))
      }),
    ),
  )
})

t.test('a summary keeps median and upper quantile within a tenth of a deviation', async (t) => {
  const values = Array.from({ length: 997 }, (_, i) => 2 * Math.sin(i) + Math.cos(i * 7))
  const whole = sketchOf(values)
  const restored = createQuantileSketch({ count: whole.count, deciles: whole.summary() })
  t.equal(restored.count, 997)
  for (const share of [0.2, 0.5, 0.8]) {
    t.ok(
      Math.abs(
        inDeviations(0, restored.quantile(0, share)) - inDeviations(0, whole.quantile(0, share)),
      ) < 0.1,
    )
  }
  let later = restored
  for (let restart = 0; restart < 10; restart++) {
    later = createQuantileSketch({ count: 997, deciles: later.summary() })
  }
  t.ok(
    Math.abs(inDeviations(0, later.median(0)) - inDeviations(0, whole.median(0))) < 0.15,
    'nor does it drift over ten restarts',
  )
})

t.test('the median weighs .75 n / (n + 150)', async (t) => {
  const baseline = createSessionBaseline()
  t.same(Array.from(baseline.values), POPULATION_MEAN)
  for (const [frames, weight] of [
    [150, 0.375],
    [450, 0.5625],
  ] as const) {
    while (baseline.frames < frames) baseline.add(faceAt(1))
    const moved = inDeviations(2, baseline.values[2] ?? 0)
    t.ok(Math.abs(moved - weight) < 0.05, `${moved} after ${frames} frames`)
  }
})

t.test('a median beyond 2 SD counts as 2 SD', async (t) => {
  const near = createSessionBaseline()
  const far = createSessionBaseline()
  for (let i = 0; i < 300; i++) {
    near.add(faceAt(2.1))
    far.add(faceAt(5))
  }
  t.same(Array.from(far.values), Array.from(near.values))
})

t.test('a captured neutral is taken as it is', async (t) => {
  const baseline = createSessionBaseline()
  baseline.setNeutral([...faceAt(3)])
  baseline.add(faceAt(0))
  t.same(Array.from(baseline.values), Array.from(faceAt(3)))
  t.equal(baseline.calibration, 1)
})

t.test('only a snapshot is a snapshot', async (t) => {
  const baseline = createSessionBaseline()
  t.ok(isBaselineSnapshot(baseline.snapshot()))
  for (let i = 0; i < 20; i++) baseline.add(faceAt(Math.sin(i)))
  const snapshot = baseline.snapshot()
  t.ok(isBaselineSnapshot(JSON.parse(JSON.stringify(snapshot))))
  for (const wrong of [
    null,
    {},
    { ...snapshot, version: 2 },
    { ...snapshot, frames: -1 },
    { ...snapshot, deciles: null },
    { ...snapshot, deciles: snapshot.deciles?.slice(1) },
    { ...snapshot, deciles: snapshot.deciles?.map((row) => [...row].reverse()) },
    { ...snapshot, neutral: [1, 2, 3] },
    { ...snapshot, neutral: FEATURES.map(() => Number.NaN) },
  ]) {
    t.notOk(isBaselineSnapshot(wrong), JSON.stringify(wrong)?.slice(0, 60))
  }
})

t.test('a neutral face is the median of the frames that can be read', async (t) => {
  const person = createSimulatedFace({ seed: 4, variation: 1 })
  const shut = frameOf(person, { actionUnits: { 43: 1 } })
  const rest = frameOf(person)
  const baseline = neutralFromFrames([rest, nobody, shut, rest, { ...rest, count: 3 }, rest])
  t.equal(
    baseline?.neutral?.[FEATURE_INDEX.eyeAspectRatio],
    neutralFromFrames([rest])?.neutral?.[FEATURE_INDEX.eyeAspectRatio],
  )
  t.equal(neutralFromFrames([nobody]), null)
})
