import { EMOTIONS } from '@bemore/protocol'
import fc from 'fast-check'
import t from 'tap'
import { EXPRESSIONS } from '../../src/face/expression.js'
import {
  type FaceEvidence,
  type FusionInputs,
  fuse,
  type TextEvidence,
  type VoiceEvidence,
} from '../../src/fusion/fuse.js'

const unit = fc.double({ min: 0, max: 1, noNaN: true })
const signed = fc.double({ min: -1, max: 1, noNaN: true })
const shares = (length: number) =>
  fc
    .array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: length, maxLength: length })
    .map((parts) => {
      const sum = parts.reduce((total, part) => total + part, 0)
      return parts.map((part) => part / sum)
    })

const faces: fc.Arbitrary<FaceEvidence> = fc.record({
  probabilities: shares(EXPRESSIONS.length),
  valence: signed,
  arousal: signed,
  dominance: signed,
  quality: unit,
})
const voices: fc.Arbitrary<VoiceEvidence> = fc.record({ arousal: signed, quality: unit })
const texts: fc.Arbitrary<TextEvidence> = fc.record({
  probabilities: shares(EMOTIONS.length),
  valence: signed,
  quality: unit,
  ageMs: fc.double({ min: 0, max: 120_000, noNaN: true }),
})
const inputs: fc.Arbitrary<FusionInputs> = fc.record({
  face: fc.option(faces),
  voice: fc.option(voices),
  text: fc.option(texts),
  speaking: fc.boolean(),
})

function check<Values extends [unknown, ...unknown[]]>(property: fc.IProperty<Values>) {
  fc.assert(property, { seed: 4, numRuns: 500 })
}

/** All of one label of `labels`, but for a little of every other. */
function mostly<Label extends string>(labels: readonly Label[], label: Label): number[] {
  const rest = 0.1 / (labels.length - 1)
  return labels.map((other) => (other === label ? 0.9 : rest))
}
const smile: FaceEvidence = {
  probabilities: mostly(EXPRESSIONS, 'happy'),
  ...{ valence: 0.8, arousal: 0.4, dominance: 0.4, quality: 1 },
}
const sadWords: TextEvidence = {
  probabilities: mostly(EMOTIONS, 'sad'),
  ...{ valence: -0.6, quality: 1, ageMs: 0 },
}

t.test('whatever comes in, what goes out is a distribution and values in range', async (t) => {
  const isWhole = fc.property(inputs, (given) => {
    const fused = fuse(given)
    const { valence, arousal, dominance, confidence, quality, probabilities } = fused
    const inRange = (value: number | null, least: number) =>
      value === null || (value >= least && value <= 1)
    if (![valence, arousal, dominance].every((value) => inRange(value, -1))) return false
    if (!inRange(confidence, 0) || !inRange(quality, 0)) return false
    if (probabilities === null) return fused.label === 'unknown' && valence === null
    const sum = probabilities.reduce((total, share) => total + share, 0)
    return Math.abs(sum - 1) < 1e-3 && probabilities.every((share) => inRange(share, 0))
  })
  t.doesNotThrow(() => check(isWhole))
})

t.test('a modality of no quality changes nothing', async (t) => {
  const changesNothing = fc.property(inputs, faces, voices, texts, (given, face, voice, text) => {
    const bytes = JSON.stringify
    const none = { quality: 0 }
    for (const [mute, worthless] of [
      [{ face: null }, { face: { ...face, ...none } }],
      [{ voice: null }, { voice: { ...voice, ...none } }],
      [{ text: null }, { text: { ...text, ...none } }],
    ] as const) {
      const nothing = bytes(fuse({ ...given, ...mute }))
      if (bytes(fuse({ ...given, ...worthless })) !== nothing) return false
    }
    return true
  })
  t.doesNotThrow(() => check(changesNothing))
})

t.test('a quality that is no number is no quality', async (t) => {
  const face = { ...smile, quality: Number.NaN }
  t.same(fuse({ face, voice: null, text: sadWords, speaking: false }), {
    ...fuse({ face: null, voice: null, text: sadWords, speaking: false }),
  })
})

t.test('too little evidence is unknown, and enough is not', async (t) => {
  const at = (quality: number) =>
    fuse({ face: { ...smile, quality }, voice: null, text: null, speaking: false })
  t.equal(at(0.44).label, 'unknown')
  t.equal(at(0.44).probabilities, null)
  t.equal(at(0.45).label, 'happy')
  const voice = { arousal: 1, quality: 1 }
  t.equal(fuse({ face: null, voice, text: null, speaking: true }).label, 'unknown', 'voice alone')
})

t.test('a face alone never shows anxiety', async (t) => {
  const isAnother = fc.property(faces, (face) => {
    return fuse({ face, voice: null, text: null, speaking: false }).label !== 'anxious'
  })
  t.doesNotThrow(() => check(isAnother))
})

t.test('words fade with their age', async (t) => {
  const said = (ageMs: number) =>
    fuse({ face: null, voice: null, text: { ...sadWords, ageMs }, speaking: false })
  t.equal(said(0).label, 'sad')
  t.equal(said(20_000).label, 'unknown', '.4 / e is below .2')
  t.ok(said(0).quality > said(5_000).quality)
})

t.test('a voice tells arousal while somebody speaks, and only then', async (t) => {
  const voice = { arousal: 1, quality: 1 }
  t.equal(fuse({ face: smile, voice, text: null, speaking: true }).arousal, 0.82)
  t.equal(fuse({ face: smile, voice, text: null, speaking: false }).arousal, 0.4)
})

t.test('a smile with unpleasant words is noted, and a smile alone is not', async (t) => {
  const both = fuse({ face: smile, voice: null, text: sadWords, speaking: false })
  t.equal(both.incongruence, 'smile-with-unpleasant-words')
  t.same(both.sources, ['face', 'text'])
  t.equal(fuse({ face: smile, voice: null, text: null, speaking: false }).incongruence, null)
})
