/**
 * The risk screen. It runs before everything else on every utterance and can be switched off by
 * nothing. It does not judge how serious somebody is; it notices that it was spoken of, so that they
 * are told at once who can be called. A miss is worse than a card too many, and misses are certain:
 * the card must be reachable without it as well.
 *
 * Tiers follow the questions of the Columbia scale (C-SSRS screener: wish to be dead, thoughts,
 * method, intent, behaviour); patterns are our own.
 */
import { RISK_TIERS, type RiskSubject, type RiskTier } from '../../session/text-events.js'
import { ENGLISH_GRAMMAR, ENGLISH_RISK, EVASIVE_RISK } from './english-risk.js'
import { KOREAN_GRAMMAR, KOREAN_RISK } from './korean-risk.js'
import type { RiskGrammar, RiskPattern } from './risk-pattern.js'
import { piecesOf, plainText, squeezeEvasive, squeezeKorean } from './risk-text.js'

export interface RiskFinding {
  /** The gravest of what was found. */
  readonly tier: RiskTier
  readonly subject: RiskSubject
}

/** How far around a finding is read to see what it means. */
const BEFORE_CHARS = 60
const AFTER_CHARS = 40

/** Any text, in any language or none; never throws. @returns null where nothing was found. */
export function screenRisk(text: string): RiskFinding | null {
  return gravestOf(piecesOf(text).flatMap(screenPiece))
}

function screenPiece(piece: string): RiskFinding[] {
  const plain = plainText(piece)
  return [
    ...search(squeezeKorean(plain), KOREAN_RISK, KOREAN_GRAMMAR),
    ...search(squeezeEvasive(plain), EVASIVE_RISK, ENGLISH_GRAMMAR),
    // A line's end is a pause of the writer's, and of meaning only where a sentence ends with it.
    ...search(plain.replaceAll('\n', ' '), ENGLISH_RISK, ENGLISH_GRAMMAR),
  ]
}

function gravestOf(found: readonly RiskFinding[]): RiskFinding | null {
  return found.reduce<RiskFinding | null>(
    (gravest, next) => (gravest === null || isGraver(next, gravest) ? next : gravest),
    null,
  )
}

/**
 * The same over what was said just before as well: a sentence may be cut in two by a pause.
 * @param before earlier utterances that were not flagged, oldest first.
 */
export function screenWithContext(before: readonly string[], text: string): RiskFinding | null {
  return screenRisk(text) ?? (before.length === 0 ? null : screenRisk([...before, text].join(' ')))
}

function isGraver(one: RiskFinding, other: RiskFinding): boolean {
  if (one.subject === 'self' && other.subject !== 'self') return true
  if (one.subject !== 'self' && other.subject === 'self') return false
  return RISK_TIERS.indexOf(one.tier) > RISK_TIERS.indexOf(other.tier)
}

function search(
  text: string,
  patterns: readonly RiskPattern[],
  grammar: RiskGrammar,
): RiskFinding[] {
  return patterns.flatMap((pattern) => {
    const { tier, says } = pattern
    for (const match of text.matchAll(says)) {
      const end = match.index + match[0].length
      const before = text.slice(Math.max(0, match.index - BEFORE_CHARS), match.index)
      const after = text.slice(end, end + AFTER_CHARS)
      if (isMeant(pattern, grammar, before, match[0], after)) {
        return [{ tier, subject: subjectOf(pattern, grammar, before, match[0]) }]
      }
    }
    return []
  })
}

function isMeant(
  { unlessAfter, unlessBefore }: RiskPattern,
  { deniedBefore, deniedWithin, deniedAfter, affirmedAfter }: RiskGrammar,
  before: string,
  found: string,
  after: string,
): boolean {
  if (unlessAfter?.test(before) || unlessBefore?.test(after)) return false
  if (affirmedAfter?.test(after)) return true
  // A denial of the sentence before is none of this one.
  const sentence = before.slice(before.search(/[^.!?]*$/))
  return !(deniedBefore?.test(sentence) || deniedWithin?.test(found) || deniedAfter?.test(after))
}

function subjectOf(
  { subject = 'self' }: RiskPattern,
  { speaksOfOther, speaksOfSelf }: RiskGrammar,
  before: string,
  found: string,
): RiskSubject {
  if (subject === 'other') return subject
  const around = before + found
  if (speaksOfSelf.test(around)) return 'self'
  return speaksOfOther.test(before) ? 'other' : subject
}
