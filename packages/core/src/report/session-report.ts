import type { SessionEvent } from '../session/events.js'
import { type Analysis, analyseSession } from './analysis.js'
import { isKnown } from './emotion-statistics.js'
import { findFeedback } from './feedback.js'
import type { SessionReport, SessionSummary } from './schema/report-schema.js'
import type { Narrative } from './schema/words-schema.js'
import type { SessionFigures } from './session-figures.js'
import { chooseWording } from './wording/choose-wording.js'
import { narrate } from './wording/narrative.js'
import { describeObservations } from './wording/observations.js'
import { describeRecommendations } from './wording/recommendations.js'
import type { ReportLanguage } from './wording/report-wording.js'
import { listFindings, listUtterances } from './words-sections.js'

/**
 * Report and summary are folds of the session's log: the same events (and options) give the same
 * bytes, on every process and at any time, which is why `seq` can be their ETag. A live session's clock
 * stands at its last event. Options that change ask for another ETag.
 */
export interface ReportOptions {
  /** Of the same person's earlier sessions, in any order. */
  readonly earlier?: readonly SessionFigures[]
  /** What Gemini made of the report; it never stands in the place of a hotline card. */
  readonly narrative?: { readonly text: string }
  /** What the caller could not have, e.g. `narrative:timeout`. */
  readonly degraded?: readonly string[]
}

const MOST_DEGRADED = 20
/** No fault: a companion that was never asked for, a reply that was stopped, or not to be given. */
const NO_FAULT: readonly string[] = ['off', 'cancelled', 'blocked']

const toIso = (at: number) => new Date(at).toISOString()
const toIsoOrNull = (at: number | null) => (at === null ? null : toIso(at))

/**
 * @param events the whole log of one session, in order of `seq`
 * @param language of the sentences; null: the session's own
 * @returns null for an empty log
 */
export function foldReport(
  events: readonly SessionEvent[],
  language: ReportLanguage | null,
  options: ReportOptions = {},
): SessionReport | null {
  const analysis = analyseSession(events, language, options.earlier ?? [])
  if (analysis === null) return null
  const { state, words, timeline } = analysis
  const narrative = tellNarrative(analysis, options.narrative)
  return {
    ...identify(analysis),
    vadTimeline: timeline.filter(isKnown).map(({ t, timestamp, valence, arousal, dominance }) => {
      return { t, timestamp, valence, arousal, dominance }
    }),
    vadVector: analysis.affect,
    cbtFindings: listFindings(words, analysis.language),
    emotion: analysis.emotion,
    expression: analysis.expression,
    voice: analysis.voice,
    text: analysis.text,
    timeline: [...timeline],
    utterances: listUtterances(words, state.startedAt),
    distortions: [...analysis.distortions],
    interventions: [...analysis.interventions],
    pauses: state.pauses.map(({ from, to }) => ({ from: toIso(from), to: toIsoOrNull(to) })),
    coverage: analysis.coverage,
    comparison: analysis.comparison,
    narrative,
    feedback: findFeedback(analysis.events),
    degraded: listDegraded(analysis.events, options.degraded ?? []),
    ...close(analysis, narrative.source),
  }
}

/** The same for the summary. */
export function foldSummary(
  events: readonly SessionEvent[],
  language: ReportLanguage | null,
  options: ReportOptions = {},
): SessionSummary | null {
  const analysis = analyseSession(events, language, options.earlier ?? [])
  if (analysis === null) return null
  const { affect, emotion, distortions } = analysis
  return {
    ...identify(analysis),
    vadVector: affect ?? { valence: '-', arousal: '-', dominance: '-' },
    dominantEmotion: { emotion: emotion.dominant, share: emotion.share },
    cbt: {
      totalDistortions: distortions.reduce((sum, { count }) => sum + count, 0),
      mostCommon: distortions[0]?.name ?? null,
    },
    ...close(analysis, 'local'),
  }
}

/** What later sessions are held against. @returns null for an empty log */
export function foldFigures(events: readonly SessionEvent[]): SessionFigures | null {
  return analyseSession(events, null, [])?.figures ?? null
}

function identify({ state, now, activeMs, language }: Analysis) {
  return {
    sessionId: state.sessionId,
    seq: state.lastSeq,
    status: state.status,
    interim: state.status !== 'ended',
    startedAt: toIso(state.startedAt),
    endedAt: toIsoOrNull(state.endedAt),
    endReason: state.endReason,
    durationMs: (state.endedAt ?? now) - state.startedAt,
    activeDurationMs: activeMs,
    language,
  }
}

function close(analysis: Analysis, source: Narrative['source']) {
  const { language, quality, risk } = analysis
  return {
    dataQuality: quality,
    risk,
    keyObservations: describeObservations(analysis, language),
    recommendations: describeRecommendations(analysis, language),
    source,
    notice: chooseWording(language).notice,
  }
}

function tellNarrative(analysis: Analysis, given: ReportOptions['narrative']): Narrative {
  const text = given?.text.trim() ?? ''
  if (text !== '' && !analysis.risk.flagged) return { source: 'gemini', text }
  return { source: 'local', text: narrate(analysis, analysis.language) }
}

/** Each once, in a fixed order. A prepared reply says why it was one. */
function listDegraded(events: readonly SessionEvent[], given: readonly string[]): string[] {
  const found = new Set(given)
  for (const event of events) {
    if (event.type !== 'chat.message' || event.data.role !== 'assistant') continue
    const { reason } = event.data
    if (reason !== undefined && !NO_FAULT.includes(reason)) found.add(`chat:${reason}`)
  }
  return [...found].sort().slice(0, MOST_DEGRADED)
}
