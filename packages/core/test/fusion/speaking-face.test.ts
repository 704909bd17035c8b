import t from 'tap'
import { ACTION_UNITS, discountSpeech, EXPRESSIONS } from '../../src/index.js'

const units = (shown: Partial<Record<(typeof ACTION_UNITS)[number], number>>) =>
  ACTION_UNITS.map((unit) => shown[unit] ?? 0)
const face = (label: (typeof EXPRESSIONS)[number]) => ({
  probabilities: EXPRESSIONS.map((each) => (each === label ? 0.7 : 0.05)),
  ...{ valence: 0, arousal: 0.2, dominance: 0, quality: 0.9 },
})
const of = (probabilities: ArrayLike<number>, label: (typeof EXPRESSIONS)[number]) =>
  probabilities[EXPRESSIONS.indexOf(label)] ?? 0

t.test('an open mouth is less of a surprise in somebody who speaks', async (t) => {
  const surprised = face('surprised')
  const open = units({ 25: 1, 26: 0.8 })
  const silent = discountSpeech(surprised, open, 0)
  const speaking = discountSpeech(surprised, open, 1)
  t.equal(silent, surprised, 'nothing changes where nobody speaks')
  t.ok(of(speaking.probabilities, 'surprised') < of(silent.probabilities, 'surprised'))
  const half = discountSpeech(surprised, open, 0.5)
  t.ok(of(half.probabilities, 'surprised') > of(speaking.probabilities, 'surprised'))
  const sum = Array.from(speaking.probabilities).reduce((total, p) => total + p, 0)
  t.ok(Math.abs(sum - 1) < 1e-9)
})

t.test('a smile is a smile in speech as well', async (t) => {
  const happy = face('happy')
  const smile = units({ 6: 0.8, 12: 1 })
  t.same(
    Array.from(discountSpeech(happy, smile, 1).probabilities, (p) => p.toFixed(9)),
    happy.probabilities.map((p) => p.toFixed(9)),
  )
})
