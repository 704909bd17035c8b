import { EMOTIONS } from '@bemore/protocol'
import type { AffectVector, EmotionSection } from './schema/affect-schema.js'
import type { TimelineEntry } from './schema/timeline-schema.js'

const round = (value: number): number => Number(value.toFixed(3))

type KnownEntry = TimelineEntry & {
  readonly probabilities: Readonly<Record<string, number>>
  readonly valence: number
  readonly arousal: number
  readonly dominance: number
}

export function isKnown(entry: TimelineEntry): entry is KnownEntry {
  const { probabilities, valence, arousal, dominance } = entry
  return probabilities !== null && valence !== null && arousal !== null && dominance !== null
}

/** By how much there was to go by and for how long; never 0, where clocks left a window no time. */
function weightOf({ quality, durationMs }: TimelineEntry): number {
  return Math.max(quality, 0.01) * Math.max(durationMs, 1)
}

function meanOf(entries: readonly KnownEntry[], value: (entry: KnownEntry) => number): number {
  let sum = 0
  let total = 0
  for (const entry of entries) {
    const weight = weightOf(entry)
    sum += value(entry) * weight
    total += weight
  }
  return round(sum / total)
}

/** @returns null where affect was known in no window: an average of nothing is not neutral. */
export function averageAffect(timeline: readonly TimelineEntry[]): AffectVector | null {
  const known = timeline.filter(isKnown)
  if (known.length === 0) return null
  return {
    valence: meanOf(known, (entry) => entry.valence),
    arousal: meanOf(known, (entry) => entry.arousal),
    dominance: meanOf(known, (entry) => entry.dominance),
  }
}

export function summariseEmotion(timeline: readonly TimelineEntry[]): EmotionSection {
  const known = timeline.filter(isKnown)
  if (known.length === 0) {
    return { dominant: 'unknown', share: 0, distribution: {}, transitions: 0, meanConfidence: 0 }
  }
  const shares = EMOTIONS.map((label) => meanOf(known, ({ emotion }) => Number(emotion === label)))
  const dominant = shares.reduce((best, share, i) => (share > (shares[best] ?? 0) ? i : best), 0)
  return {
    dominant: EMOTIONS[dominant] ?? 'unknown',
    share: shares[dominant] ?? 0,
    distribution: Object.fromEntries(
      EMOTIONS.map((label) => [label, meanOf(known, (entry) => entry.probabilities[label] ?? 0)]),
    ),
    transitions: known.filter(({ emotion }, i) => i > 0 && emotion !== known[i - 1]?.emotion)
      .length,
    meanConfidence: meanOf(known, ({ confidence }) => confidence),
  }
}
