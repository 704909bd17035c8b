import type { SessionEvent } from '../session/events.js'
import { flowOf, voiceAnalysisOf } from '../voice/analysis.js'
import { type SpokenUtterance, summariseVoice } from '../voice/summary.js'
import { foldVoiceWindows, type VoiceWindowData } from '../voice/window.js'
import type { VoiceSection } from './schema/voice-schema.js'
import type { ReportLanguage } from './wording/report-wording.js'
import type { TakenUtterance } from './words.js'

/** @returns null where there was no voice channel. */
export function describeVoice(
  windows: readonly VoiceWindowData[],
  utterances: readonly TakenUtterance[],
  promptsAt: readonly number[],
  startedAt: number,
  language: ReportLanguage,
): VoiceSection | null {
  if (windows.length === 0) return null
  const whole = foldVoiceWindows(windows)
  const summary = summariseVoice(
    windows,
    utterances.flatMap((utterance) => toSpoken(utterance, startedAt)),
    promptsAt.map((at) => at - startedAt),
    whole,
  )
  return summary && { ...summary, flow: flowOf(whole), analysis: voiceAnalysisOf(whole, language) }
}

/**
 * Only how long it took is the client's word: its clock may be anywhere, so the end is when the
 * utterance was taken. A text that was typed says nothing of speech.
 */
function toSpoken(utterance: TakenUtterance, sessionStartedAt: number): SpokenUtterance[] {
  const { at, text, origin, startedAt, endedAt } = utterance
  if (text === null || origin !== 'voice' || startedAt === undefined || endedAt === undefined) {
    return []
  }
  const endedAtMs = at - sessionStartedAt
  return [{ text, startedAtMs: endedAtMs - (endedAt - startedAt), endedAtMs }]
}

/** When the other side had finished speaking: the replies of the chat, Unix ms. */
export function listPrompts(events: Iterable<SessionEvent>): number[] {
  const prompts: number[] = []
  for (const event of events) {
    if (event.type === 'chat.message' && event.data.role === 'assistant') prompts.push(event.at)
  }
  return prompts
}
