/**
 * What the words of an utterance say of emotion: a linear model over n-grams, trained on comments that
 * people wrote online. Counselling talk is another matter, so its estimates are priors: they count for
 * little by themselves, and a text it does not know is `unknown`.
 */
import { EMOTIONS } from '@bemore/protocol'
import { AFFECT_TERMS, mixAffect } from '../affect-terms.js'
import type { TextEmotion } from '../session/text-events.js'
import { countEmotionWords } from './emotion-words.js'
import type { TextLanguage } from './language.js'
import { type ModelPart, OUTPUTS, POLARITY, readModelFile } from './model-file.js'
import { countFeatures, normaliseText } from './text-features.js'

export interface TextEmotionModel {
  /** An estimate in the order of EMOTIONS; `unknown` where the text tells too little. Never throws. */
  estimate(text: string, language: TextLanguage): TextEmotion
  /**
   * The calibrated logit of each label and, last, of polarity; null where nothing of the text is
   * known.
   */
  logits(text: string, language: 'ko' | 'en'): Float64Array | null
}

/** N-grams of a text that have to be known: fewer are an accident. */
const LEAST_KNOWN = { ko: 6, en: 2 } as const
/** Below this the likeliest label is hardly likelier than the others. */
const LEAST_CONFIDENCE = 0.22
/** Known n-grams of a text that says enough. */
const ENOUGH_KNOWN = { ko: 60, en: 12 } as const
/** Comments of the corpora carry several labels at once; how much a distribution is spread for that. */
const SHARPNESS = 1
/** Half of valence comes from the polarity, which is what the model knows best. */
const POLARITY_SHARE = 0.5
/** Chosen so that the corpora's measures do not fall (`npm run eval:text`). */
const NAMED_WEIGHT = 1.8
const NAMED_POLARITY = 2
const UNKNOWN: TextEmotion = {
  ...{ label: 'unknown', probabilities: null, valence: null, arousal: null, dominance: null },
  confidence: 0,
}

/** @throws TextModelError where the bytes are no model of this release. */
export function readTextModel(bytes: Uint8Array): TextEmotionModel {
  const parts = new Map(readModelFile(bytes).map((part) => [part.language, part]))

  const measure = (text: string, language: 'ko' | 'en') => {
    const part = parts.get(language)
    return part === undefined ? null : measureText(part, text)
  }
  return {
    logits: (text, language) => measure(text, language)?.logits ?? null,
    estimate(text, language) {
      if (language === 'unknown') return UNKNOWN
      const measured = measure(text, language)
      const part = parts.get(language)
      if (measured === null || part === undefined) return UNKNOWN
      if (measured.known < LEAST_KNOWN[language]) return UNKNOWN
      const said = measured.known / ENOUGH_KNOWN[language]
      const estimate = describe(measured.logits, part.prior, said)
      return estimate.confidence < LEAST_CONFIDENCE ? UNKNOWN : estimate
    },
  }
}

/** @param said share of a text that says enough. */
function describe(logits: Float64Array, prior: Float32Array, said: number): TextEmotion {
  // How much more a label is meant than it is in any comment: the corpora's labels are not equally common.
  const lifts = EMOTIONS.map((_, i) => SHARPNESS * ((logits[i] as number) - (prior[i] as number)))
  const probabilities = softmax(lifts)
  const best = probabilities.reduce(
    (most, p, i) => (p > (probabilities[most] as number) ? i : most),
    0,
  )
  const affect = mixAffect(probabilities)
  const polarity = Math.tanh((logits[POLARITY] as number) / 2)
  const valence = (1 - POLARITY_SHARE) * affect.valence + POLARITY_SHARE * polarity * 0.8
  return {
    label: EMOTIONS[best] ?? 'unknown',
    probabilities: probabilities.map((p) => round(p)),
    valence: round(valence),
    arousal: round(affect.arousal),
    dominance: round(affect.dominance),
    confidence: round((probabilities[best] as number) * Math.min(1, 0.3 + 0.7 * said)),
  }
}

function measureText(
  part: ModelPart,
  text: string,
): { readonly logits: Float64Array; readonly known: number } | null {
  const { hashes, idf, weights, scale, bias, slope, offset } = part
  const logits = new Float64Array(OUTPUTS)
  let squares = 0
  let known = 0
  for (const [hash, count] of countFeatures(text, part.language)) {
    const feature = find(hashes, hash)
    if (feature < 0) continue
    known += 1
    const value = (1 + Math.log(count)) * (idf[feature] as number)
    squares += value * value
    const row = feature * OUTPUTS
    for (let o = 0; o < OUTPUTS; o++) {
      logits[o] = (logits[o] as number) + value * (weights[row + o] as number)
    }
  }
  if (known === 0) return null
  const norm = Math.sqrt(squares)
  for (let o = 0; o < OUTPUTS; o++) {
    const raw = ((logits[o] as number) / norm) * (scale[o] as number) + (bias[o] as number)
    logits[o] = (slope[o] as number) * raw + (offset[o] as number)
  }
  addNamedEmotions(logits, normaliseText(text), part.language)
  return { logits, known }
}

/** A feeling that is named outweighs what comments sound like. */
function addNamedEmotions(logits: Float64Array, text: string, language: 'ko' | 'en'): void {
  const counts = countEmotionWords(text, language)
  let polarity = 0
  EMOTIONS.forEach((emotion, i) => {
    const named = counts[i] as number
    logits[i] = (logits[i] as number) + NAMED_WEIGHT * named
    polarity += Math.sign(AFFECT_TERMS[emotion][0]) * (emotion === 'surprised' ? 0 : named)
  })
  logits[POLARITY] =
    (logits[POLARITY] as number) + NAMED_POLARITY * Math.max(-2, Math.min(2, polarity))
}

function find(hashes: Uint32Array, hash: number): number {
  let low = 0
  let high = hashes.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const value = hashes[middle] as number
    if (value === hash) return middle
    if (value < hash) low = middle + 1
    else high = middle - 1
  }
  return -1
}

function softmax(values: readonly number[]): number[] {
  const largest = Math.max(...values)
  const powers = values.map((value) => Math.exp(value - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

const round = (value: number): number => Number(value.toFixed(4))
