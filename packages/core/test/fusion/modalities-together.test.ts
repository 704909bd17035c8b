import { EMOTIONS } from '@bemore/protocol'
import fc from 'fast-check'
import t from 'tap'
import {
  EXPRESSIONS,
  type FusionInputs,
  fuse,
  fuseWindow,
  type SpokenWords,
} from '../../src/index.js'
import { faceWindow, START, textEmotion, voiceWindow, WINDOW } from '../report/session-logs.js'

fc.configureGlobal({ seed: 20_260_102 })

const unit = fc.double({ min: 0, max: 1, noNaN: true })
const signed = fc.double({ min: -1, max: 1, noNaN: true })

const distribution = (size: number) =>
  fc
    .array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: size, maxLength: size })
    .map((parts) => {
      const sum = parts.reduce((total, part) => total + part, 0)
      return parts.map((part) => part / sum)
    })

const someFace = fc.record({
  probabilities: distribution(EXPRESSIONS.length),
  valence: signed,
  arousal: signed,
  dominance: signed,
  quality: unit,
})
const someVoice = fc.record({ arousal: signed, quality: unit })
const someText = fc.record({
  probabilities: distribution(EMOTIONS.length),
  valence: signed,
  quality: unit,
  ageMs: fc.integer({ min: 0, max: 60_000 }),
})
const someInputs: fc.Arbitrary<FusionInputs> = fc.record({
  face: fc.option(someFace),
  voice: fc.option(someVoice),
  text: fc.option(someText),
  speaking: fc.boolean(),
})

t.test('where too little comes together the answer is unknown', async (t) => {
  const voice = { arousal: 0.8, quality: 1 }
  const alone = fuse({ face: null, voice, text: null, speaking: true })
  t.match(alone, { label: 'unknown', probabilities: null, confidence: 0 })
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(someInputs, (inputs) => {
        const { face, voice, text } = inputs
        const faded = text === null ? 0 : text.quality * Math.exp(-text.ageMs / 20_000)
        const evidence = 0.45 * (face?.quality ?? 0) + 0.15 * (voice?.quality ?? 0) + 0.4 * faded
        const isUnknown = fuse(inputs).label === 'unknown'
        return Math.abs(evidence - 0.2) < 1e-9 || isUnknown === evidence < 0.2
      }),
    ),
  )
})

t.test('a face alone is never anxious; words can make it so', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(someFace, (face) => {
        return fuse({ face, voice: null, text: null, speaking: false }).label !== 'anxious'
      }),
    ),
  )
  const words: SpokenWords = { at: START + 9_000, emotion: textEmotion('anxious', -0.5, 0.95) }
  const fused = fuseWindow(faceWindow(0, 'fearful'), null, [words], START + WINDOW)
  t.match(fused, { label: 'anxious', sources: ['face', 'text'] })
})

t.test('face and words on two sides are told of, either way round, and no others', async (t) => {
  const words = (valence: number): SpokenWords[] => [
    { at: START + 9_000, emotion: textEmotion(valence < 0 ? 'sad' : 'happy', valence) },
  ]
  const told = (face: 'happy' | 'sad', valence: number) =>
    fuseWindow(faceWindow(0, face), null, words(valence), START + WINDOW).incongruence
  t.equal(told('happy', -0.5), 'smile-with-unpleasant-words')
  t.equal(told('sad', 0.5), 'frown-with-pleasant-words')
  t.equal(told('happy', 0.5), null)
  t.equal(told('sad', -0.5), null)
  t.equal(told('happy', -0.1), null)
})

t.test('while somebody speaks the voice tells arousal more than the face', async (t) => {
  const face = faceWindow(0, 'neutral')
  const loud = { arousal: 0.9 }
  const speaking = fuseWindow(face, voiceWindow(0, loud), [], START + WINDOW)
  const silent = fuseWindow(face, voiceWindow(0, { ...loud, speechMs: 200 }), [], START + WINDOW)
  t.ok(speaking.arousal! > 0.5)
  t.ok(Math.abs(silent.arousal!) < 0.1)
})
