import { screenRisk } from '@bemore/core'
import fc from 'fast-check'
import t from 'tap'
import { createSentenceGate } from '../src/sentence-gate.js'

const SENTENCES = [
  'That was long. ',
  '오늘 어땠어요? ',
  'Really?!\n',
  '3.5 of them, ',
  'done.” ',
  '그래요… ',
]
const FLAGGED = ['I want to kill myself. ', '자살하고 싶어요. ', 'I will end my life. ']

/** A text of these sentences, and where it is cut. */
const cutText = (sentences: readonly string[]) =>
  fc
    .array(fc.constantFrom(...sentences), { minLength: 1, maxLength: 8 })
    .map((each) => each.join(''))
    .chain((text) =>
      fc
        .uniqueArray(fc.nat(text.length), { maxLength: 12 })
        .map((cuts) => [0, ...cuts.sort((a, b) => a - b), text.length])
        .map((cuts) => cuts.slice(1).map((end, index) => text.slice(cuts[index], end))),
    )

t.test('however it is cut, all of a harmless text is shown, in order', async (t) => {
  const held = fc.check(
    fc.property(cutText(SENTENCES), (pieces) => {
      const gate = createSentenceGate()
      const shown = pieces.map((piece) => gate.add(piece)).join('') + gate.end(true)
      return shown === pieces.join('')
    }),
  )
  t.equal(held.failed, false, JSON.stringify(held.counterexample))
})

t.test('however it is cut, nothing flagged is shown', async (t) => {
  for (const each of FLAGGED) t.not(screenRisk(each), null, each)
  const held = fc.check(
    fc.property(cutText([...SENTENCES, ...FLAGGED]), (pieces) => {
      const gate = createSentenceGate()
      let shown = ''
      try {
        for (const piece of pieces) shown += gate.add(piece)
        shown += gate.end(true)
      } catch {
        // Refused: what was shown by then is what counts.
      }
      return screenRisk(shown) === null
    }),
  )
  t.equal(held.failed, false, JSON.stringify(held.counterexample))
})

t.test('of a text that was cut, the broken sentence is left out', async (t) => {
  const gate = createSentenceGate()
  t.equal(gate.add('One. Two'), 'One. ')
  t.equal(gate.end(false), '')
  const short = createSentenceGate()
  t.equal(short.add('Only the beginn'), '')
  t.equal(short.end(false), 'Only the beginn', 'better than nothing')
})
