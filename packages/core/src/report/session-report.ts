import type { FaceWindowData } from '../face/window.js'
import { listErasureFlags, selectConsentedEvents } from '../session/consented-events.js'
import type { SessionEvent } from '../session/events.js'
import { activeDurationMs, foldSessionState, type SessionState } from '../session/session-state.js'
import {
  type AffectVector,
  assessDataQuality,
  averageAffect,
  summariseExpression,
} from './affect-statistics.js'
import type {
  DataQuality,
  ExpressionSection,
  SessionReport,
  SessionSummary,
} from './report-schema.js'
import { describeWindow, foldFaceWindows } from './timeline.js'
import {
  describeObservations,
  describeRecommendations,
  type ReportLanguage,
  sayNotice,
} from './wording.js'

/**
 * Report and summary are folds of the session's log and of nothing else: the same events give the
 * same bytes, on every process and at any time, which is why `seq` can be their ETag. A live session's
 * clock stands at its last event.
 */
interface Analysis {
  readonly state: SessionState
  readonly now: number
  readonly windows: readonly FaceWindowData[]
  readonly affect: AffectVector | null
  readonly expression: ExpressionSection
  readonly quality: DataQuality
}

function analyse(whole: readonly SessionEvent[]): Analysis | null {
  const events = selectConsentedEvents(whole)
  const state = foldSessionState(events)
  if (state === null) return null
  const now = events.reduce((latest, event) => Math.max(latest, event.at), state.startedAt)
  const windows = foldFaceWindows(events)
  const quality = assessDataQuality(windows, activeDurationMs(state, now))
  return {
    state,
    now,
    windows,
    affect: averageAffect(windows),
    expression: summariseExpression(windows),
    quality: { ...quality, flags: [...quality.flags, ...listErasureFlags(whole)] },
  }
}

const toIso = (at: number) => new Date(at).toISOString()
const toIsoOrNull = (at: number | null) => (at === null ? null : toIso(at))

function identify({ state, now }: Analysis) {
  return {
    sessionId: state.sessionId,
    seq: state.lastSeq,
    status: state.status,
    interim: state.status !== 'ended',
    startedAt: toIso(state.startedAt),
    endedAt: toIsoOrNull(state.endedAt),
    endReason: state.endReason,
    durationMs: (state.endedAt ?? now) - state.startedAt,
    activeDurationMs: activeDurationMs(state, now),
  }
}

/**
 * @param events the whole log of one session, in order of `seq`
 * @param language of the sentences; null: the session's own
 * @returns null for an empty log
 */
export function foldReport(
  events: readonly SessionEvent[],
  language: ReportLanguage | null,
): SessionReport | null {
  const analysis = analyse(events)
  if (analysis === null) return null
  const { state, now, windows, affect, expression, quality } = analysis
  const words = language ?? state.language
  const timeline = windows.map((window) => describeWindow(window, state, now))
  return {
    ...identify(analysis),
    vadTimeline: timeline.flatMap(({ t, timestamp, valence, arousal, dominance }) =>
      valence === null || arousal === null || dominance === null
        ? []
        : [{ t, timestamp, valence, arousal, dominance }],
    ),
    vadVector: affect,
    cbtFindings: [],
    expression,
    timeline,
    pauses: state.pauses.map(({ from, to }) => ({ from: toIso(from), to: toIsoOrNull(to) })),
    dataQuality: quality,
    keyObservations: describeObservations(words, expression, affect, quality),
    source: 'local',
    notice: sayNotice(words),
  }
}

/** The same for the summary. */
export function foldSummary(
  events: readonly SessionEvent[],
  language: ReportLanguage | null,
): SessionSummary | null {
  const analysis = analyse(events)
  if (analysis === null) return null
  const { state, affect, expression, quality } = analysis
  const words = language ?? state.language
  return {
    ...identify(analysis),
    vadVector: affect ?? { valence: '-', arousal: '-', dominance: '-' },
    keyObservations: describeObservations(words, expression, affect, quality),
    dominantEmotion: { emotion: expression.dominant, share: expression.share },
    recommendations: describeRecommendations(words, quality),
    cbt: { totalDistortions: 0, mostCommon: null },
    dataQuality: quality,
    source: 'local',
    notice: sayNotice(words),
  }
}
