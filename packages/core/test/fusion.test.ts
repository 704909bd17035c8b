import { EMOTIONS } from '@bemore/protocol'
import fc from 'fast-check'
import t from 'tap'
import {
  EXPRESSIONS,
  type FusedAffect,
  type FusionInputs,
  fuse,
  fuseWindow,
  type SpokenWords,
  textOf,
} from '../src/index.js'
import { faceWindow, START, textEmotion, voiceWindow, WINDOW } from './report/session-logs.js'

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

const isSigned = (value: number | null) => value !== null && value >= -1 && value <= 1

function isSound(fused: FusedAffect): boolean {
  if (!(fused.quality >= 0 && fused.quality <= 1)) return false
  if (fused.probabilities === null) {
    const { valence, arousal, dominance } = fused
    return fused.label === 'unknown' && [valence, arousal, dominance].every((v) => v === null)
  }
  const sum = fused.probabilities.reduce((total, p) => total + p, 0)
  return (
    Math.abs(sum - 1) < 1e-3 &&
    fused.probabilities.every((p) => p >= 0 && p <= 1) &&
    [fused.valence, fused.arousal, fused.dominance].every(isSigned) &&
    fused.confidence >= 0 &&
    fused.confidence <= 1
  )
}

t.test('whatever comes in, probabilities sum to 1 and nothing is out of its range', async (t) => {
  t.doesNotThrow(() => fc.assert(fc.property(someInputs, (inputs) => isSound(fuse(inputs)))))
})

t.test('a modality of no quality changes nothing', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(someInputs, someFace, someVoice, someText, (inputs, face, voice, text) => {
        const without = { ...inputs, face: null, speaking: false }
        const withFace = { ...without, face: { ...face, quality: 0 } }
        const withVoice = { ...inputs, voice: { ...voice, quality: 0 } }
        const withText = { ...inputs, text: { ...text, quality: 0 } }
        const same = (left: FusionInputs, right: FusionInputs) => {
          const [a, b] = [fuse(left), fuse(right)]
          return a.label === b.label && String(a.probabilities) === String(b.probabilities)
        }
        return (
          same(without, withFace) &&
          same({ ...inputs, voice: null }, withVoice) &&
          same({ ...inputs, text: null }, withText)
        )
      }),
    ),
  )
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

t.test('the words that weigh most are heard: late ones not yet, early ones no more', async (t) => {
  const at = (ms: number, valence: number) => ({
    at: START + ms,
    emotion: textEmotion('sad', valence),
  })
  const spoken = [at(0, -0.1), at(65_000, -0.2), at(68_000, -0.3), at(75_000, -0.4)]
  t.equal(textOf(spoken, START + 70_000)?.valence, -0.3)
  t.equal(textOf(spoken, START + 64_000), null)
  t.equal(fuseWindow(null, null, spoken, START + 70_000).sources.join(), 'text')
})
