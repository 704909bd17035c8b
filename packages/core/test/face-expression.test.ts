import { createSimulatedFace, EXPRESSION_PROTOTYPES } from '@bemore/testing'
import t from 'tap'
import { arousalOf, dominanceOf, valenceOf } from '../src/face/affect.js'
import { createFaceReader } from '../src/face/face-reader.js'
import { POPULATION_MEAN, POPULATION_SD } from '../src/face/population.js'
import { ACTION_UNITS, EXPRESSIONS } from '../src/index.js'
import { averageFace, frameOf, portraitFrame, readOnce, unit } from './face-frames.js'

t.test('the average simulated face is the population neutral', async (t) => {
  const reader = createFaceReader()
  t.equal(reader.read(frameOf(averageFace)), 'face')
  reader.features.forEach((value, f) => {
    const deviations = Math.abs(value - (POPULATION_MEAN[f] ?? 0)) / (POPULATION_SD[f] ?? 0)
    t.ok(deviations < 0.5, `feature ${f} is off by ${deviations} SD`)
  })
})

t.test('each movement raises its own action unit most', async (t) => {
  // AU6 shows only in a smile, and a dropped jaw parts the lips whatever else it does.
  const companions: Record<number, number[]> = { 6: [12], 26: [25] }
  for (const moved of ACTION_UNITS) {
    const actionUnits = { [moved]: 1, ...(moved === 6 ? { 12: 1 } : {}) }
    const read = readOnce(frameOf(averageFace, { actionUnits }), averageFace)
    const own = unit(read, moved)
    t.ok(own > 0.7, `AU${moved} reads ${own}`)
    for (const other of ACTION_UNITS) {
      if (other === moved || companions[moved]?.includes(other)) continue
      t.ok(
        unit(read, other) < 0.65 * own,
        `AU${moved} reads ${own}, AU${other} ${unit(read, other)}`,
      )
    }
  }
})

t.test('a shut eye is a shut eye, not a squint', async (t) => {
  const read = readOnce(frameOf(averageFace, { actionUnits: { 43: 1.1 } }), averageFace)
  t.ok(unit(read, 43) > 0.8)
  t.ok(unit(read, 7) < 0.1)
  t.equal(read.eyesClosed, true)
  t.equal(read.label, 'neutral')
})

t.test('prototypes yield their labels, calibrated or not', async (t) => {
  for (const label of EXPRESSIONS) {
    const frame = frameOf(averageFace, { actionUnits: EXPRESSION_PROTOTYPES[label] })
    t.equal(readOnce(frame, averageFace).label, label)
    t.equal(readOnce(frame).label, label, `${label} without calibration`)
  }
})

t.test('prototypes yield their labels on twenty calibrated people', async (t) => {
  for (let seed = 1; seed <= 20; seed++) {
    const person = createSimulatedFace({ seed, variation: 1 })
    for (const label of EXPRESSIONS) {
      const frame = frameOf(person, { actionUnits: EXPRESSION_PROTOTYPES[label], yaw: seed - 10 })
      t.equal(readOnce(frame, person).label, label, `person ${seed}`)
    }
  }
})

t.test('without calibration most resting faces still read neutral', async (t) => {
  let neutral = 0
  for (let seed = 1; seed <= 40; seed++) {
    const person = createSimulatedFace({ seed, variation: 1 })
    if (readOnce(frameOf(person)).label === 'neutral') neutral++
  }
  t.ok(neutral >= 32, `${neutral} of 40`)
})

t.test('a real smiling portrait reads happy at once', async (t) => {
  const read = readOnce(portraitFrame())
  t.equal(read.label, 'happy')
  t.ok((read.probabilities[0] ?? 0) > 0.6)
  t.ok(read.valence > 0.5)
  t.ok(unit(read, 12) > 0.9)
})

t.test('valence, arousal and dominance follow Russell and Mehrabian', async (t) => {
  const pure = (label: string) => EXPRESSIONS.map((name) => (name === label ? 1 : 0))
  t.ok(Math.abs(valenceOf(pure('happy')) - (0.5 * 0.81 + 0.5)) < 1e-12)
  t.ok(Math.abs(valenceOf(pure('angry')) - (0.5 * -0.51 - 0.5)) < 1e-12)
  t.ok(Math.abs(valenceOf(pure('surprised')) - 0.2) < 1e-12)
  t.ok(Math.abs(dominanceOf(pure('fearful')) + 0.43) < 1e-12)
  t.equal(valenceOf(pure('neutral')), 0)
  const scratch = new Float64Array(5)
  const units = ACTION_UNITS.map(() => 0)
  t.equal(arousalOf(units, scratch), -0.3)
  t.equal(
    arousalOf(
      ACTION_UNITS.map((au) => (au === 43 ? 1 : 0)),
      scratch,
    ),
    -0.3,
  )
  t.ok(
    Math.abs(
      arousalOf(
        units.map((_, i) => (i < 2 ? 1 : 0)),
        scratch,
      ) - 0.22,
    ) < 1e-12,
  )
  t.equal(
    arousalOf(
      units.map(() => 1.5),
      scratch,
    ),
    1,
  )
})
