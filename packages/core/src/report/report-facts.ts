import { MODALITIES, type Modality } from '@bemore/protocol'
import type { Incongruence } from '../fusion/fuse.js'
import { isKnown } from './emotion-statistics.js'
import type {
  AffectVector,
  Comparison,
  Coverage,
  DataQuality,
  EmotionSection,
  ExpressionSection,
} from './schema/affect-schema.js'
import type { TimelineEntry } from './schema/timeline-schema.js'
import type { VoiceSection } from './schema/voice-schema.js'
import type {
  DistortionTally,
  ReportedIntervention,
  RiskSection,
  TextSection,
} from './schema/words-schema.js'

/** What sentences are made of. */
export interface ReportFacts {
  readonly activeMs: number
  readonly affect: AffectVector | null
  readonly emotion: EmotionSection
  readonly expression: ExpressionSection
  readonly voice: VoiceSection | null
  readonly text: TextSection | null
  readonly distortions: readonly DistortionTally[]
  readonly interventions: readonly ReportedIntervention[]
  readonly timeline: readonly TimelineEntry[]
  readonly coverage: Coverage
  readonly quality: DataQuality
  readonly comparison: Comparison | null
  readonly risk: RiskSection
}

/** A course needs this many windows whose affect is known; two minutes and a half. */
const LEAST_FOR_COURSE = 15
/** Between the first and the last third. */
const NOTEWORTHY_CHANGE = 0.2

/** Whether the last third of the session leaned another way than the first. */
export function courseOf(timeline: readonly TimelineEntry[]): 'lighter' | 'heavier' | null {
  const valences = timeline.filter(isKnown).map(({ valence }) => valence)
  if (valences.length < LEAST_FOR_COURSE) return null
  const third = Math.floor(valences.length / 3)
  const mean = (part: readonly number[]) => part.reduce((sum, v) => sum + v, 0) / part.length
  const change = mean(valences.slice(-third)) - mean(valences.slice(0, third))
  if (Math.abs(change) < NOTEWORTHY_CHANGE) return null
  return change > 0 ? 'lighter' : 'heavier'
}

/** What the emotion of the session rests on, in a fixed order. */
export function sourcesOf(timeline: readonly TimelineEntry[]): Modality[] {
  const sources = new Set(timeline.filter(isKnown).flatMap((entry) => entry.sources))
  return MODALITIES.filter((modality) => sources.has(modality))
}

export function countIncongruence(timeline: readonly TimelineEntry[], kind: Incongruence): number {
  return timeline.filter(({ incongruence }) => incongruence === kind).length
}
