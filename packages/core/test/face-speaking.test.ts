import fc from 'fast-check'
import t from 'tap'
import { ACTION_UNITS } from '../src/face/action-units.js'
import { createSpeakingMouth } from '../src/face/speaking-mouth.js'

const of = (values: Partial<Record<(typeof ACTION_UNITS)[number], number>>) =>
  Float64Array.from(ACTION_UNITS, (unit) => values[unit] ?? 0)
const readUnit = (units: Float64Array, unit: (typeof ACTION_UNITS)[number]) =>
  units[ACTION_UNITS.indexOf(unit)]

t.test('a mouth that opens and shuts in speech shows half of what it shows most', async (t) => {
  const mouth = createSpeakingMouth()
  let units = of({})
  for (let frame = 0; frame < 30; frame++) {
    units = of({ 12: 1, 25: frame % 3 === 0 ? 1.2 : 0.2 })
    mouth.apply(units, frame * 33, true)
  }
  t.equal(readUnit(units, 25), 0.1)
  t.equal(readUnit(units, 12), 1, 'a smile is a smile in speech as well')
})

t.test('nothing changes while nobody speaks, and a second later all is as before', async (t) => {
  const mouth = createSpeakingMouth()
  const silent = of({ 25: 1, 17: 0.5 })
  mouth.apply(silent, 0, false)
  t.same([...silent], [...of({ 25: 1, 17: 0.5 })])
  const later = of({ 25: 0.4 })
  mouth.apply(later, 1_500, true)
  t.equal(readUnit(later, 25), 0.2, 'what was shown before is over')
})

t.test('whatever the times, what is read lies between nothing and what was shown', async (t) => {
  const frames = fc.array(
    fc.record({ at: fc.nat(5_000), open: fc.float({ min: 0, max: 1.5, noNaN: true }) }),
    {
      minLength: 1,
      maxLength: 200,
    },
  )
  const isBetween = fc.property(frames, (shown) => {
    const mouth = createSpeakingMouth()
    let most = 0
    for (const { at, open } of shown) {
      most = Math.max(most, open)
      const units = of({ 26: open })
      mouth.apply(units, at, true)
      const read = readUnit(units, 26) ?? Number.NaN
      if (!(read >= 0 && read <= most / 2 + 1e-9)) return false
    }
    return true
  })
  t.doesNotThrow(() => fc.assert(isBetween, { seed: 26, numRuns: 200 }))
})
