/**
 * The live estimate as clients see it: at most so many a second, and only when it differs from the one
 * they have by more than the eye could follow.
 */
import { ACTION_UNITS, type FaceEstimate, type FusedAffect } from '@bemore/core'
import { EMOTIONS, type ServerMessageData } from '@bemore/protocol'
import type { LiveFusion } from './live-fusion.js'

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

/** @param fusion what else is known: asked only when there is something to say. */
export function createAffectFeed(
  perSecond: number,
  fusion: Pick<LiveFusion, 'fuseEstimate'>,
): AffectFeed {
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
      const affect = fusion.fuseEstimate(estimate, wallMs)
      return JSON.stringify({ type: 'affect', data: affectOf(estimate, affect, wallMs) })
    },
  }
}

export function affectOf(
  estimate: FaceEstimate,
  affect: FusedAffect,
  wallMs: number,
): ServerMessageData<'affect'> {
  const au: Record<string, number> = {}
  if (estimate.status === 'measured') {
    ACTION_UNITS.forEach((unit, i) => {
      const intensity = estimate.actionUnits[i]!
      if (intensity >= FAINTEST_ACTION_UNIT) au[unit] = round(intensity)
    })
  }
  const { probabilities } = affect
  return {
    label: affect.label,
    status: estimate.status,
    probabilities:
      probabilities === null
        ? {}
        : Object.fromEntries(EMOTIONS.map((label, i) => [label, round(probabilities[i]!)])),
    valence: roundOrNull(affect.valence),
    arousal: roundOrNull(affect.arousal),
    dominance: roundOrNull(affect.dominance),
    confidence: round(affect.confidence),
    quality: round(affect.quality),
    evidence: { au, sources: [...affect.sources] },
    aspectAssumed: estimate.aspectAssumed,
    source: 'local',
    timestamp: wallMs,
  }
}

/** Three decimals: a message a fifth the size, and more precision than the estimate has. */
const round = (value: number): number => Math.round(value * 1000) / 1000

const roundOrNull = (value: number | null): number | null => (value === null ? null : round(value))
