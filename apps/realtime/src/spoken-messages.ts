/** Events of what was said, as the messages clients are told of them by. */
import { randomUUID } from 'node:crypto'
import {
  type DetectedDistortion,
  hotlineCard,
  type SessionEventData,
  viewFinding,
} from '@bemore/core'
import type { Language, ServerMessage } from '@bemore/protocol'

interface At<Data> {
  readonly at: number
  readonly data: Data
}

/** The event's number in the log, where it has one yet. */
export type Numbered = { readonly seq?: number }

export function utteranceMessage(
  { at, data }: At<SessionEventData<'text.utterance'>>,
  text: string,
  numbered: Numbered,
): ServerMessage {
  const { utteranceId, language, emotion } = data
  const received = { text, utteranceId, language, emotion: emotion.label, timestamp: at }
  return { type: 'stt_received', data: received, ...numbered }
}

/** @param found in the utterance it answers. */
export function interventionMessage(
  { at, data }: At<SessionEventData<'cbt.intervention'>>,
  found: readonly DetectedDistortion[],
  language: Language,
  numbered: Numbered,
): ServerMessage {
  const finding = viewFinding(found, data, language)
  const view = { ...finding, utteranceId: data.utteranceId, timestamp: at }
  return { type: 'cbt_intervention', data: view, ...numbered }
}

export function riskMessage(
  timestamp: number,
  language: Language,
  numbered: Numbered,
): ServerMessage {
  return { type: 'risk_notice', data: { ...hotlineCard(language), timestamp }, ...numbered }
}

/** The card as a reply in the chat: the existing web client knows no notice, and shows replies. */
export function riskReply(timestamp: number, language: Language): ServerMessage[] {
  const card = hotlineCard(language)
  const replyId = randomUUID()
  const lines = card.contacts.map(({ name, phone, hours }) => `${name} ${phone} (${hours})`)
  const text = [card.message, ...lines, card.emergency].join('\n')
  const data = { replyId, timestamp }
  return [
    { type: 'ai_stream_begin', data },
    { type: 'ai_stream_chunk', data: { chunk: text, text, replyId } },
    { type: 'ai_stream_complete', data: { ...data, source: 'local', reason: 'risk' } },
  ]
}
