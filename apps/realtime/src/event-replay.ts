import {
  foldFaceWindows,
  foldVoiceTimeline,
  fuseWindow,
  type SessionEvent,
  windowEndsAt,
} from '@bemore/core'
import type { Language, ServerMessage } from '@bemore/protocol'
import { emotionUpdateOf } from './emotion-update.js'
import { interventionMessage, riskMessage, utteranceMessage } from './spoken-messages.js'

export interface ReplayOptions {
  /** The event the client knows of. */
  readonly since: number
  readonly withWindows: boolean
  readonly startedAt: number
  readonly language: Language
}

/**
 * What a client has not been told of its session, as the messages it would have been told by. Windows
 * are told as they stand now; a client that saw an earlier state of one has it replaced.
 * @param tail the end of the session's log.
 */
export function replayEvents(
  tail: readonly SessionEvent[],
  options: ReplayOptions,
): ServerMessage[] {
  const missed = tail.filter((event) => event.seq > options.since)
  const changes = missed.flatMap((event) => changeOf(event, tail, options.language))
  return options.withWindows ? [...changes, ...windowsOf(missed, tail, options)] : changes
}

function windowsOf(
  missed: readonly SessionEvent[],
  tail: readonly SessionEvent[],
  { since, startedAt }: ReplayOptions,
): ServerMessage[] {
  const touched = new Set(
    missed.flatMap((event) => (event.type === 'face.window' ? [event.data.window.index] : [])),
  )
  if (touched.size === 0) return []
  const seq = tail.at(-1)?.seq ?? since
  const at = missed.at(-1)?.at ?? 0
  const voices = new Map(foldVoiceTimeline(tail).map((window) => [window.index, window]))
  const spoken = tail.flatMap((event) =>
    event.type === 'text.utterance' ? [{ at: event.at, emotion: event.data.emotion }] : [],
  )
  return foldFaceWindows(tail)
    .filter(({ index }) => touched.has(index))
    .map((window): ServerMessage => {
      const endsAt = windowEndsAt(startedAt, window.index)
      const affect = fuseWindow(window, voices.get(window.index) ?? null, spoken, endsAt)
      return { type: 'emotion_update', data: emotionUpdateOf(window, affect, '', at), seq }
    })
}

function changeOf(
  event: SessionEvent,
  tail: readonly SessionEvent[],
  language: Language,
): ServerMessage[] {
  const { sessionId, at: timestamp, seq } = event
  switch (event.type) {
    case 'session.paused':
      return [{ type: 'session_paused', data: { sessionId, status: 'paused', timestamp }, seq }]
    case 'session.resumed':
      return [{ type: 'session_resumed', data: { sessionId, status: 'active', timestamp }, seq }]
    case 'risk.flagged':
      return [riskMessage(timestamp, language, { seq })]
    case 'text.utterance':
      return event.data.text === null ? [] : [utteranceMessage(event, event.data.text, { seq })]
    case 'cbt.intervention': {
      const { utteranceId } = event.data
      const answered = tail.find(
        (other) => other.type === 'text.utterance' && other.data.utteranceId === utteranceId,
      )
      const found = answered?.type === 'text.utterance' ? answered.data.distortions : []
      return [interventionMessage(event, found, language, { seq })]
    }
    default:
      return []
  }
}
