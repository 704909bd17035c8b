/**
 * What the web client is told of a stretch of voice, in the flat form it reads. It takes a ratio of
 * exactly 1 for 1 %, any duration with a fraction for seconds, and an alias over the field it is an
 * alias of: so ratios stay below 1, durations are whole milliseconds, and there are no other fields.
 */
import type { ReportLanguage } from '../report/wording/report-wording.js'
import type { VoiceWindowData } from './window-data.js'
import { describeFlow, type SpeechFlow } from './wording.js'

export interface VoiceAnalysis {
  /** Speech over time heard, 0..0.999. */
  readonly speechRatio: number
  /** Pauses over pauses and speech, 0..0.999. */
  readonly pauseRatio: number
  /** Whole milliseconds. */
  readonly averagePauseDuration: number
  readonly longestPause: number
  readonly averageSpeechBurst: number
  readonly speechBurstCount: number
  readonly pauseCount: number
  /** One sentence in the language of the session. */
  readonly summary: string
}

const LARGEST_RATIO = 0.999
/** Less speech than this has no flow to describe. */
const LEAST_SPEECH_MS = 1_500
/** Share of speech in the time of turns (own choice, descriptive). */
const MANY_PAUSES_BELOW = 0.35
const DENSE_ABOVE = 0.75

/**
 * Of one window, or of several that `foldVoiceWindows` made one of.
 * @returns null when nothing was heard: zeros would say that someone was silent
 */
export function voiceAnalysisOf(
  window: VoiceWindowData,
  language: ReportLanguage,
): VoiceAnalysis | null {
  const { heardMs, speechMs, pauseMs, pauseCount, burstCount } = window
  if (heardMs <= 0) return null
  return {
    speechRatio: toRatio(speechMs, heardMs),
    pauseRatio: toRatio(pauseMs, pauseMs + speechMs),
    averagePauseDuration: toMean(pauseMs, pauseCount),
    longestPause: Math.round(window.longestPauseMs),
    // Speech that goes on from the window before began no burst here, but is one.
    averageSpeechBurst: toMean(speechMs, Math.max(burstCount, speechMs > 0 ? 1 : 0)),
    speechBurstCount: burstCount,
    pauseCount,
    summary: describeFlow(flowOf(window), language),
  }
}

/** Of speech in the time of turns. */
export function flowOf({ heardMs, speechMs, turnMs }: VoiceWindowData): SpeechFlow {
  if (heardMs <= 0) return 'unheard'
  if (speechMs < LEAST_SPEECH_MS) return 'little'
  const share = speechMs / Math.max(turnMs, speechMs)
  if (share < MANY_PAUSES_BELOW) return 'many-pauses'
  return share > DENSE_ABOVE ? 'dense' : 'usual'
}

function toRatio(part: number, whole: number): number {
  if (!(whole > 0)) return 0
  return Math.min(Math.round((part / whole) * 1000) / 1000, LARGEST_RATIO)
}

function toMean(sum: number, count: number): number {
  return count > 0 ? Math.round(sum / count) : 0
}
