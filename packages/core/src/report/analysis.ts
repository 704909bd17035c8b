import { listErasureFlags, selectConsentedEvents } from '../session/consented-events.js'
import type { SessionEvent } from '../session/events.js'
import { activeDurationMs, foldSessionState, type SessionState } from '../session/session-state.js'
import { isPainfulTopic } from '../text/painful-topics.js'
import { assessDataQuality, measureCoverage } from './data-quality.js'
import { averageAffect, summariseEmotion } from './emotion-statistics.js'
import { summariseExpression } from './expression-statistics.js'
import type { ReportFacts } from './report-facts.js'
import { compareFigures, type SessionFigures } from './session-figures.js'
import { foldFaceWindows, foldVoiceTimeline } from './timeline.js'
import { describeTimeline } from './timeline-entries.js'
import { describeVoice, listPrompts } from './voice-section.js'
import type { ReportLanguage } from './wording/report-wording.js'
import { foldWords, type Words } from './words.js'
import {
  describeRisk,
  describeText,
  listInterventions,
  tallyDistortions,
} from './words-sections.js'

/** All that report, summary and figures are made of. */
export interface Analysis extends ReportFacts {
  readonly state: SessionState
  /** Those that consent covers; nothing may be read from any other. */
  readonly events: readonly SessionEvent[]
  /** Where the clock of a live session stands, Unix ms. */
  readonly now: number
  readonly language: ReportLanguage
  readonly words: Words
  readonly figures: SessionFigures
}

/** Less than this is no figure to compare anything with, ms. */
const LEAST_KNOWN_MS = 30_000

/** @returns null for an empty log */
export function analyseSession(
  whole: readonly SessionEvent[],
  language: ReportLanguage | null,
  earlier: readonly SessionFigures[],
): Analysis | null {
  const state = foldSessionState(whole)
  if (state === null) return null
  const { startedAt } = state
  const now = whole.reduce((latest, event) => Math.max(latest, event.at), startedAt)
  const activeMs = activeDurationMs(state, now)
  const inWords = language ?? state.language
  const events = selectConsentedEvents(whole)
  const face = foldFaceWindows(events)
  const heard = foldVoiceTimeline(events)
  const words = foldWords(events)
  const timeline = describeTimeline({ face, voice: heard, ...words }, state, now)
  const voice = describeVoice(heard, words.utterances, listPrompts(events), startedAt, inWords)
  const coverage = measureCoverage(face, heard, words.utterances, startedAt, activeMs)
  const quality = assessDataQuality(face, coverage.face, heard, voice, words.utterances.length)
  const draft = {
    ...{ state, events, now, activeMs, words, timeline, voice, coverage },
    language: inWords,
    affect: averageAffect(timeline),
    emotion: summariseEmotion(timeline),
    expression: summariseExpression(face),
    text: describeText(words),
    distortions: tallyDistortions(words, startedAt, inWords),
    interventions: listInterventions(words, startedAt, inWords),
    quality: { ...quality, flags: [...quality.flags, ...listErasureFlags(whole)] },
    risk: describeRisk(words, startedAt, inWords),
  }
  const figures = takeFigures(draft)
  return { ...draft, figures, comparison: compareFigures(figures, earlier) }
}

function takeFigures(draft: Omit<Analysis, 'figures' | 'comparison'>): SessionFigures {
  const { state, activeMs, affect, timeline, voice, emotion, distortions, risk, words } = draft
  const knownMs = timeline.reduce(
    (sum, { probabilities, durationMs }) => sum + (probabilities === null ? 0 : durationMs),
    0,
  )
  const isAffectKnown = affect !== null && knownMs >= LEAST_KNOWN_MS
  const isVoiceKnown = voice !== null && voice.heardMs >= LEAST_KNOWN_MS
  return {
    startedAt: state.startedAt,
    activeDurationMs: activeMs,
    valence: isAffectKnown ? affect.valence : null,
    arousal: isAffectKnown ? affect.arousal : null,
    speakingRatio: isVoiceKnown ? voice.speakingRatio : null,
    speechRate: isVoiceKnown ? voice.speechRate : null,
    meanPauseMs: isVoiceKnown ? voice.meanPauseMs : null,
    affect,
    affectMs: knownMs,
    emotion: emotion.dominant,
    distortions: Object.fromEntries(distortions.map(({ type, count }) => [type, count])),
    risks: risk.count,
    isPainful: words.utterances.some(({ text }) => text !== null && isPainfulTopic(text)),
  }
}
