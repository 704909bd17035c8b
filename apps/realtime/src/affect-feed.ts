/**
 * The live estimate as clients see it: at most so many a second, and only when it differs from the one
 * they have by more than the eye could follow.
 */
import { ACTION_UNITS, EXPRESSIONS, type FaceEstimate } from '@bemore/core'
import type { ServerMessageData } from '@bemore/protocol'

export interface AffectFeed {
  /**
   * @param atMs monotonic: paces the feed. @param wallMs what the message is stamped with.
   * @returns the message as text, or null where there is nothing new to say. Allocates only then.
   */
  offer(estimate: FaceEstimate, atMs: number, wallMs: number): string | null
}

/** Below these a change is noise: a tenth of what separates a faint from a clear expression. */
const NOTICEABLE_AFFECT = 0.03
const NOTICEABLE_CONFIDENCE = 0.1
/** An action unit weaker than this is no evidence of anything. */
const FAINTEST_ACTION_UNIT = 0.05

export function createAffectFeed(perSecond: number): AffectFeed {
  const leastGapMs = 1000 / perSecond
  const told = {
    atMs: Number.NEGATIVE_INFINITY,
    status: '',
    label: '',
    valence: Number.NaN,
    arousal: Number.NaN,
    dominance: Number.NaN,
    confidence: 0,
  }

  const isNews = (estimate: FaceEstimate): boolean =>
    estimate.status !== told.status ||
    estimate.label !== told.label ||
    Math.abs(estimate.valence - told.valence) > NOTICEABLE_AFFECT ||
    Math.abs(estimate.arousal - told.arousal) > NOTICEABLE_AFFECT ||
    Math.abs(estimate.dominance - told.dominance) > NOTICEABLE_AFFECT ||
    Math.abs(estimate.confidence - told.confidence) > NOTICEABLE_CONFIDENCE

  return {
    offer(estimate, atMs, wallMs) {
      if (atMs - told.atMs < leastGapMs || !isNews(estimate)) return null
      told.atMs = atMs
      told.status = estimate.status
      told.label = estimate.label
      told.valence = estimate.valence
      told.arousal = estimate.arousal
      told.dominance = estimate.dominance
      told.confidence = estimate.confidence
      return JSON.stringify({ type: 'affect', data: affectOf(estimate, wallMs) })
    },
  }
}

export function affectOf(estimate: FaceEstimate, wallMs: number): ServerMessageData<'affect'> {
  const probabilities: Record<string, number> = {}
  const au: Record<string, number> = {}
  if (estimate.status === 'measured') {
    EXPRESSIONS.forEach((label, i) => {
      probabilities[label] = round(estimate.probabilities[i]!)
    })
    ACTION_UNITS.forEach((unit, i) => {
      const intensity = estimate.actionUnits[i]!
      if (intensity >= FAINTEST_ACTION_UNIT) au[unit] = round(intensity)
    })
  }
  return {
    label: estimate.label,
    status: estimate.status,
    probabilities,
    valence: roundOrNull(estimate.valence),
    arousal: roundOrNull(estimate.arousal),
    dominance: roundOrNull(estimate.dominance),
    confidence: round(estimate.confidence),
    quality: round(estimate.quality),
    evidence: { au, sources: estimate.status === 'measured' ? ['face'] : [] },
    aspectAssumed: estimate.aspectAssumed,
    source: 'local',
    timestamp: wallMs,
  }
}

/** Three decimals: a message a fifth the size, and more precision than the estimate has. */
const round = (value: number): number => Math.round(value * 1000) / 1000

const roundOrNull = (value: number): number | null => (Number.isNaN(value) ? null : round(value))
