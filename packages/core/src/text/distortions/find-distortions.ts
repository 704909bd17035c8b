/**
 * Distortions of thinking in what was said (Burns, Feeling Good, 1980), by weighted patterns that may
 * abstain. Even experts agree on the type in about a third of cases (Shreevastava & Foltz 2021), so
 * what is shown to a user has to be plain in their words; the rest stays unsaid.
 */
import type { Language } from '@bemore/protocol'
import {
  type DetectedDistortion,
  DISTORTIONS,
  type DistortionType,
} from '../../session/text-events.js'
import type { DistortionGrammar } from './distortion-pattern.js'
import { ENGLISH_DISTORTIONS, ENGLISH_GRAMMAR } from './english-distortions.js'
import { KOREAN_DISTORTIONS, KOREAN_GRAMMAR } from './korean-distortions.js'

/** How strongly each type shows in a text, 0 not at all; with the words it shows in. */
export interface DistortionScore {
  readonly type: DistortionType
  readonly score: number
  readonly examples: readonly string[]
}

/** Where the labelled statements of the tests give a precision of .80 and more. */
export const SHOWN_FROM = 0.85
/** Of one utterance at most: more than a person can think about at once. */
const MOST_SHOWN = 2
const MOST_CHARS = 6_000
const MOST_EXAMPLES = 3
const EXAMPLE_CHARS = 120
/** Beyond these scores a distortion is called plain, and strong. */
const MEDIUM_FROM = 1.2
const HIGH_FROM = 1.9

/** Shares of a finding's weight that remain where its sentence takes it back in part. */
const DISTANCED = 0.25
const OF_OTHERS = 0.5
const ASKED = 0.6
/** What sweeps over good things only is no distortion of these types. */
const NEEDS_NEGATIVE: ReadonlySet<DistortionType> = new Set([
  'overgeneralization',
  'all_or_nothing',
  'jumping_to_conclusions',
])
const WITHOUT_NEGATIVE = 0.3

/** @returns types that are shown, strongest first; empty where nothing is plain enough. */
export function findDistortions(text: string, language: Language): DetectedDistortion[] {
  return rankDistortions(text, language)
    .filter(({ score }) => score >= SHOWN_FROM)
    .slice(0, MOST_SHOWN)
    .map(({ type, score, examples }) => ({
      type,
      severity: score >= HIGH_FROM ? 'high' : score >= MEDIUM_FROM ? 'medium' : 'low',
      confidence: confidenceOf(score),
      examples: [...examples],
    }))
}

/** All types, strongest first, those that do not show at the end. */
export function rankDistortions(text: string, language: Language): DistortionScore[] {
  const [patterns, grammar] =
    language === 'ko'
      ? [KOREAN_DISTORTIONS, KOREAN_GRAMMAR]
      : [ENGLISH_DISTORTIONS, ENGLISH_GRAMMAR]
  const own = withoutQuotations(readable(text), grammar)
  const sentences = (own.match(grammar.sentence) ?? []).map((sentence) => sentence.trim())
  const found = new Map<DistortionType, { score: number; examples: string[] }>(
    DISTORTIONS.map((type) => [type, { score: 0, examples: [] }]),
  )
  for (const sentence of sentences) {
    const share = ownership(sentence, grammar)
    const isNegative = grammar.negative.test(sentence)
    const inSentence = new Map<DistortionType, number>()
    for (const { type, weight, says } of patterns) {
      if (sentence.search(says) < 0) continue
      const sweeping = NEEDS_NEGATIVE.has(type) && !isNegative ? WITHOUT_NEGATIVE : 1
      inSentence.set(type, combine(inSentence.get(type) ?? 0, weight * share * sweeping))
    }
    for (const [type, weight] of inSentence) {
      const entry = found.get(type)
      if (entry === undefined) continue
      entry.score = combine(entry.score, weight)
      if (entry.examples.length < MOST_EXAMPLES) entry.examples.push(shorten(sentence))
    }
  }
  return [...found].map(([type, entry]) => ({ type, ...entry })).sort((a, b) => b.score - a.score)
}

/** Whether anything distorted was said, 0..1: the strongest type's share. */
export function distortionPresence(text: string, language: Language): number {
  return confidenceOf(rankDistortions(text, language)[0]?.score ?? 0)
}

/** A second sign adds half of itself: patterns of one type overlap. */
function combine(known: number, more: number): number {
  return Math.max(known, more) + Math.min(known, more) / 2
}

function confidenceOf(score: number): number {
  return Number((1 - Math.exp(-1.6 * score)).toFixed(3))
}

function readable(text: string): string {
  return text
    .slice(0, MOST_CHARS)
    .normalize('NFC')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
}

function withoutQuotations(text: string, { quotation }: DistortionGrammar): string {
  return text.replace(quotation, ' ')
}

/** How much of a sentence is the speaker's own judgement. */
function ownership(sentence: string, grammar: DistortionGrammar): number {
  if (grammar.distance.test(sentence)) return DISTANCED
  if (grammar.aboutOthers.test(sentence) && !grammar.aboutSelf.test(sentence)) return OF_OTHERS
  return grammar.hypothetical.test(sentence) ? ASKED : 1
}

function shorten(sentence: string): string {
  return sentence.length <= EXAMPLE_CHARS ? sentence : `${sentence.slice(0, EXAMPLE_CHARS - 1)}…`
}
