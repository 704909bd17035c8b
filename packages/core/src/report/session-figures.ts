/**
 * The few numbers of a session that can stand beside those of the same person's other sessions. In
 * groups pauses and rate go with mood, with small effects (r .2 to .4; emotion-engine.md §2.3), and
 * within a person a change says more than a level: so there is no norm here, only what was usual.
 */
import type { EmotionOrUnknown } from '@bemore/protocol'
import type { DistortionType } from '../session/text-events.js'
import type { AffectVector, Comparison } from './schema/affect-schema.js'

/**
 * Of the code that folds figures: raised with every change of theirs, or of what they are made of, so
 * that those which older code kept are made again and stay the numbers of the reports.
 */
export const FIGURES_VERSION = 1

export interface SessionFigures {
  /** Unix ms. */
  readonly startedAt: number
  readonly activeDurationMs: number
  /** -1..1; null where too little was read. */
  readonly valence: number | null
  readonly arousal: number | null
  /** Speech over time heard, 0..1; this and the next two are null where too little was heard. */
  readonly speakingRatio: number | null
  /** Syllables a second. */
  readonly speechRate: number | null
  readonly meanPauseMs: number | null
  /** As the report has it (`vadVector`), however little it rests on. */
  readonly affect: AffectVector | null
  /** Time in which affect was known, ms: what `affect` weighs among those of other sessions. */
  readonly affectMs: number
  /** As the report has it. */
  readonly emotion: EmotionOrUnknown
  /** In how many utterances each way of thinking was found; those that were not are left out. */
  readonly distortions: Readonly<Partial<Record<DistortionType, number>>>
  /** How often a life may have been at risk. */
  readonly risks: number
  /** Violence, abuse or a death was spoken of: nothing is to be offered for such a time. */
  readonly isPainful: boolean
}

type FigureName = 'valence' | 'arousal' | 'speakingRatio' | 'speechRate' | 'meanPauseMs'
type Figure = Comparison[FigureName]

/** One other session is no habit. */
const LEAST_EARLIER = 2
const MOST_EARLIER = 10
/** Changes within this are those of any two days; our own choice. */
const NOTEWORTHY: Readonly<Record<FigureName, (usual: number) => number>> = {
  valence: () => 0.15,
  arousal: () => 0.15,
  speakingRatio: () => 0.1,
  speechRate: (usual) => usual * 0.15,
  meanPauseMs: (usual) => usual * 0.25,
}

/**
 * @param earlier figures of the same person's other sessions, in any order; those that did not start
 * before this one are not looked at, and of the others the latest ten
 * @returns null where there is nothing to compare with
 */
export function compareFigures(
  current: SessionFigures,
  earlier: readonly SessionFigures[],
): Comparison | null {
  const before = earlier
    .filter(({ startedAt }) => startedAt < current.startedAt)
    .sort((a, b) => b.startedAt - a.startedAt)
    .slice(0, MOST_EARLIER)
  const oldest = before.at(-1)
  if (oldest === undefined) return null
  const compare = (name: FigureName): Figure => {
    const now = current[name]
    const known = before.flatMap((figures) => figures[name] ?? [])
    if (now === null || known.length < LEAST_EARLIER) return null
    const usual = medianOf(known)
    const change = now - usual
    const isSimilar = Math.abs(change) <= NOTEWORTHY[name](usual)
    return { now, usual, change: isSimilar ? 'similar' : change < 0 ? 'lower' : 'higher' }
  }
  return {
    sessions: before.length,
    since: new Date(oldest.startedAt).toISOString(),
    valence: compare('valence'),
    arousal: compare('arousal'),
    speakingRatio: compare('speakingRatio'),
    speechRate: compare('speechRate'),
    meanPauseMs: compare('meanPauseMs'),
  }
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] as number
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2
}
