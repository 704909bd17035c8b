/**
 * The words of a session as this process knows them, and what its clients are told of them. An event
 * is told once: at once where it is made here, with the log where another process made it. So the card
 * of who can be called is shown also while the database is away.
 */
import {
  type ChatTurn,
  createSessionWords,
  hotlineCard,
  type NewSessionEvent,
  type SessionEvent,
  type TextEmotionModel,
  type Utterance,
  viewFinding,
} from '@bemore/core'
import type { Channel, Language, ServerMessage } from '@bemore/protocol'
import type { Clock } from './clock.js'
import type { LiveFusion } from './live-fusion.js'

export interface SessionSpeech {
  readonly isRiskFlagged: boolean
  /** The chat so far, oldest first. */
  readonly history: readonly ChatTurn[]
  /** Ends the reply that is being written; null: none is. */
  replying: AbortController | null
  /** The text of the last utterance, shortened; empty where there was none lately. */
  snippet(wallMs: number): string
  hasTaken(utteranceId: string): boolean
  /** Takes an utterance: into the log, and what there is to say of it to the clients. */
  take(utterance: Utterance): void
  /** Screens a text that is no utterance; true: somebody's life may be at risk. */
  screen(text: string): boolean
  /** Says again who can be called. */
  showCard(): void
  record(event: NewSessionEvent): void
  /** An event of the log. */
  apply(event: SessionEvent): void
}

export interface SessionSpeechDeps {
  readonly clock: Clock
  readonly model: TextEmotionModel
}

/** The session it is part of, as far as it needs to know it. */
export interface SpeechOwner {
  readonly language: Language
  readonly appliedSeq: number
  readonly fusion: LiveFusion
  push(event: NewSessionEvent): void
  broadcast(message: ServerMessage, to?: Channel): void
}

const SNIPPET_CHARS = 60
const SNIPPET_MS = 10_000
/** What was told of and has not come back with the log yet: more than a client's allowance makes. */
const TOLD_LIMIT = 200

export function createSessionSpeech(
  deps: SessionSpeechDeps,
  owner: SpeechOwner,
  past: readonly SessionEvent[],
): SessionSpeech {
  const { clock, model } = deps
  const words = createSessionWords(model)
  for (const event of past) words.learn(event)
  /** Made here and told, not yet seen in the log. */
  const told = new Set<string>()
  let last = { text: '', at: Number.NEGATIVE_INFINITY }

  const tellCard = (timestamp: number, seq?: number): void => {
    const card = hotlineCard(owner.language)
    const numbered = seq === undefined ? {} : { seq }
    owner.broadcast({ type: 'risk_notice', data: { ...card, timestamp }, ...numbered })
    // The existing web client knows no such notice: it shows what is written in the chat.
    const replyId = `risk-${timestamp}`
    const text = [
      card.message,
      ...card.contacts.map(({ name, phone, hours }) => `${name} ${phone} (${hours})`),
      card.emergency,
    ].join('\n')
    const data = { replyId, timestamp }
    owner.broadcast({ type: 'ai_stream_begin', data }, 'session')
    owner.broadcast(
      { type: 'ai_stream_chunk', data: { chunk: text, text, replyId } },
      'session',
    )
    owner.broadcast(
      { type: 'ai_stream_complete', data: { ...data, source: 'local', reason: 'risk' } },
      'session',
    )
  }
}
