/**
 * What face, voice and words say together (emotion-engine.md §4). Our own design: there is no joint data
 * to validate it on, which the model card says. p(e) ∝ Π p_m(e)^(w_m·q_m); a modality of no quality has
 * no say, and where all of them together have too little the answer is `unknown`.
 */
import { EMOTIONS, type EmotionOrUnknown, MODALITIES, type Modality } from '@bemore/protocol'
import { AFFECT_TERMS, mixAffect } from '../affect-terms.js'
import { EXPRESSIONS } from '../face/expression.js'

export interface FaceEvidence {
  /** In the order of EXPRESSIONS, sum 1. */
  readonly probabilities: ArrayLike<number>
  readonly valence: number
  readonly arousal: number
  readonly dominance: number
  /** 0..1 */
  readonly quality: number
}

export interface VoiceEvidence {
  /** -1..1, against the session's own voice. */
  readonly arousal: number
  readonly quality: number
}

export interface TextEvidence {
  /** In the order of EMOTIONS, sum 1. */
  readonly probabilities: ArrayLike<number>
  readonly valence: number
  readonly quality: number
  readonly ageMs: number
}

export interface FusionInputs {
  readonly face: FaceEvidence | null
  readonly voice: VoiceEvidence | null
  readonly text: TextEvidence | null
  /** Somebody speaks: then the voice tells arousal better than the face. */
  readonly speaking: boolean
}

/** Something to look at together, and no verdict on what is behind it. */
export type Incongruence = 'smile-with-unpleasant-words' | 'frown-with-pleasant-words'

export interface FusedAffect {
  readonly label: EmotionOrUnknown
  /** In the order of EMOTIONS, sum 1; null where unknown. */
  readonly probabilities: readonly number[] | null
  /** -1..1 */
  readonly valence: number | null
  readonly arousal: number | null
  readonly dominance: number | null
  /** How far the likeliest label can be relied on, 0..1. */
  readonly confidence: number
  /** How much there is to go by, 0..1: the weights of the modalities times their quality. */
  readonly quality: number
  /** What it rests on. */
  readonly sources: readonly Modality[]
  readonly incongruence: Incongruence | null
}

const WEIGHTS: Readonly<Record<Modality, number>> = { face: 0.45, text: 0.4, voice: 0.15 }
/** What was said is of less and less meaning for now. */
const TEXT_FADES_MS = 20_000
/** Spread of the arousal that goes with an emotion. */
const AROUSAL_SPREAD = 0.3
/** Weights times qualities that have to come together. */
const LEAST_EVIDENCE = 0.2
/** A modality that weighs less is none that the answer rests on. */
const LEAST_SAY = 0.02
/** A single modality's exponent is below 1: raised back, so that being alone does not flatten it. */
const FULL_WEIGHT = 0.45
/**
 * Anxiety has no face of its own: the face gives it a share of its fear and its sadness, so that words
 * can raise it and the face alone never makes it the likeliest.
 */
const ANXIOUS_OF = { fearful: 0.4, sad: 0.15 }
const FLOOR = 1e-3
const VOICE_SHARE_OF_AROUSAL = 0.7
/** Beyond these valences face and words are plainly on two sides. */
const PLAINLY = 0.25

const ANXIOUS = EMOTIONS.indexOf('anxious')
const FACE_INDEX: readonly number[] = EMOTIONS.map((emotion) =>
  (EXPRESSIONS as readonly string[]).indexOf(emotion),
)

const UNKNOWN: FusedAffect = {
  ...{ label: 'unknown', probabilities: null, valence: null, arousal: null, dominance: null },
  ...{ confidence: 0, quality: 0, sources: [], incongruence: null },
}

export function fuse(inputs: FusionInputs): FusedAffect {
  const { speaking } = inputs
  const face = withQuality(inputs.face)
  const voice = withQuality(inputs.voice)
  const text = withQuality(inputs.text)
  const weights = {
    face: WEIGHTS.face * unit(face?.quality),
    voice: WEIGHTS.voice * unit(voice?.quality),
    text:
      WEIGHTS.text * unit(text?.quality) * Math.exp(-Math.max(0, text?.ageMs ?? 0) / TEXT_FADES_MS),
  }
  const evidence = weights.face + weights.voice + weights.text
  const sources = MODALITIES.filter((modality) => weights[modality] > LEAST_SAY)
  if (evidence < LEAST_EVIDENCE) return { ...UNKNOWN, quality: round(evidence) }
  const sharpen = Math.max(1, Math.min(1 / FULL_WEIGHT, 1 / evidence))
  const logits = EMOTIONS.map((emotion, i) => {
    let sum = 0
    if (face !== null) sum += weights.face * Math.log(embedFace(face.probabilities, i))
    if (text !== null)
      sum += weights.text * Math.log(Math.max(FLOOR, text.probabilities[i] as number))
    if (voice !== null) {
      const off = AFFECT_TERMS[emotion][1] - voice.arousal
      sum -= (weights.voice * off * off) / AROUSAL_SPREAD
    }
    return sum * sharpen
  })
  const probabilities = softmax(logits)
  const best = probabilities.reduce(
    (most, p, i) => (p > (probabilities[most] as number) ? i : most),
    0,
  )
  const mixture = mixAffect(probabilities)
  return {
    label: EMOTIONS[best] ?? 'unknown',
    probabilities: probabilities.map(round),
    valence: round(valenceOf(face, text, weights)),
    arousal: round(arousalOf(face, voice, mixture.arousal, speaking)),
    dominance: round(mixture.dominance),
    confidence: round((probabilities[best] as number) * Math.min(1, 0.5 + evidence / 2)),
    quality: round(evidence),
    sources,
    incongruence: findIncongruence(face, text, weights),
  }
}

/** Null for a modality that has no say, so that none of its other values is read either. */
function withQuality<Evidence extends { readonly quality: number }>(
  evidence: Evidence | null,
): Evidence | null {
  return evidence !== null && evidence.quality > 0 ? evidence : null
}

/** Probability of a label of EMOTIONS by the face alone, never 0. */
function embedFace(probabilities: ArrayLike<number>, index: number): number {
  if (index !== ANXIOUS)
    return Math.max(FLOOR, probabilities[FACE_INDEX[index] as number] as number)
  const of = (label: 'fearful' | 'sad') =>
    ANXIOUS_OF[label] * (probabilities[EXPRESSIONS.indexOf(label)] as number)
  return Math.max(FLOOR, of('fearful') + of('sad'))
}

/** Of face and words, each by its weight; a voice tells nothing about it. */
function valenceOf(
  face: FaceEvidence | null,
  text: TextEvidence | null,
  weights: Readonly<Record<Modality, number>>,
): number {
  const total = weights.face + weights.text
  if (total === 0) return 0
  return ((face?.valence ?? 0) * weights.face + (text?.valence ?? 0) * weights.text) / total
}

function arousalOf(
  face: FaceEvidence | null,
  voice: VoiceEvidence | null,
  mixture: number,
  speaking: boolean,
): number {
  const seen = face === null ? mixture : face.arousal
  if (voice === null || !speaking) return clamp(seen)
  return clamp(VOICE_SHARE_OF_AROUSAL * voice.arousal + (1 - VOICE_SHARE_OF_AROUSAL) * seen)
}

function findIncongruence(
  face: FaceEvidence | null,
  text: TextEvidence | null,
  weights: Readonly<Record<Modality, number>>,
): Incongruence | null {
  if (face === null || text === null || weights.face < 0.15 || weights.text < 0.1) return null
  if (face.valence > PLAINLY && text.valence < -PLAINLY) return 'smile-with-unpleasant-words'
  if (face.valence < -PLAINLY && text.valence > PLAINLY) return 'frown-with-pleasant-words'
  return null
}

function softmax(values: readonly number[]): number[] {
  const largest = Math.max(...values)
  const powers = values.map((value) => Math.exp(value - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

const unit = (value: number | undefined): number => Math.min(1, Math.max(0, value ?? 0))
const clamp = (value: number): number => Math.min(1, Math.max(-1, value))
const round = (value: number): number => Math.round(value * 1e4) / 1e4
