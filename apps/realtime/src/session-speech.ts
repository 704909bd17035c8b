/**
 * The words of a session as this process knows them, and what its clients are told of them. An event
 * is told once: at once where it is made here, with the log where another process made it. So the card
 * of who can be called is shown also while the database is away.
 */
import { randomUUID } from 'node:crypto'
import {
  type ChatTurn,
  createSessionWords,
  type NewSessionEvent,
  type SessionEvent,
  type SessionEventData,
  type TextEmotionModel,
  type Utterance,
} from '@bemore/core'
import { type Logger, shortSessionId, type Tally } from '@bemore/ops'
import type { Channel, Language, ServerMessage } from '@bemore/protocol'
import type { Clock } from './clock.js'
import type { LiveFusion } from './live-fusion.js'
import { type Peer, send } from './peer.js'
import {
  interventionMessage,
  type Numbered,
  riskMessage,
  riskReply,
  utteranceMessage,
} from './spoken-messages.js'

export interface SessionSpeech {
  readonly isRiskFlagged: boolean
  /** The chat so far, oldest first. */
  readonly history: readonly ChatTurn[]
  /** Ends the reply that is being written; null: none is. */
  replying: AbortController | null
  /** The beginning of the last utterance; empty where there was none lately. */
  snippet(wallMs: number): string
  hasTaken(utteranceId: string): boolean
  /** Takes an utterance: into the log, and what there is to say of it to the clients. */
  take(utterance: Utterance): void
  /** Screens a text that is no utterance; true: somebody's life may be at risk. */
  screen(text: string): boolean
  /** Says again who can be called. @param peer to this one only; else to all */
  showCard(peer?: Peer): void
  /** An event made here that clients are told of by other means. */
  record(event: NewSessionEvent): void
  /** An event of the log. */
  apply(event: SessionEvent): void
  /** Words may no longer be read: what was said is forgotten, all but that somebody is at risk. */
  withdraw(): void
}

export interface SessionSpeechDeps {
  readonly log: Logger
  readonly riskFlags: Tally
  readonly clock: Clock
  readonly model: TextEmotionModel
}

/** The session it is part of, as far as it needs to know it. */
export interface SpeechOwner {
  readonly id: string
  readonly language: Language
  readonly appliedSeq: number
  readonly fusion: LiveFusion
  push(event: NewSessionEvent): void
  broadcast(message: ServerMessage, to?: Channel): void
}

const SNIPPET_CHARS = 60
/** As long as a window and the time until its clients are told of it: what was said first in it counts. */
const SNIPPET_MS = 12_000
/** Events told that have not come back with the log yet: more than a client's allowance makes. */
const TOLD_LIMIT = 500
/** Findings an intervention may still refer to. */
const FINDINGS = 20

export function createSessionSpeech(
  deps: SessionSpeechDeps,
  owner: SpeechOwner,
  past: readonly SessionEvent[],
): SessionSpeech {
  const { clock, model, log, riskFlags } = deps
  const words = createSessionWords(model, owner.language, randomUUID)
  const told = new Set<string>()
  /** Of who spoke of it, whatever the session was started in. */
  let cardLanguage = owner.language
  const findings = new Map<string, SessionEventData<'text.utterance'>>()
  let last = { text: '', at: Number.NEGATIVE_INFINITY }

  /** false: it was told before. */
  const isNews = (id: string): boolean => {
    if (told.has(id)) return false
    told.add(id)
    if (told.size > TOLD_LIMIT) told.delete(told.values().next().value as string)
    return true
  }
  const tellCard = (timestamp: number, numbered: Numbered): void => {
    owner.broadcast(riskMessage(timestamp, cardLanguage, numbered))
    for (const each of riskReply(timestamp, cardLanguage)) owner.broadcast(each, 'session')
  }
  const showCardTo = (peer: Peer): void => {
    const timestamp = clock.wallMs()
    const card = [riskMessage(timestamp, cardLanguage, {}), ...riskReply(timestamp, cardLanguage)]
    for (const each of card) send(peer, each, clock.monotonicMs())
  }
  const hear = ({ at, data }: { at: number; data: SessionEventData<'text.utterance'> }): void => {
    owner.fusion.hearWords({ at, emotion: data.emotion })
    findings.set(data.utteranceId, data)
    if (findings.size > FINDINGS) findings.delete(findings.keys().next().value as string)
    if (data.text !== null) last = { text: data.text, at }
  }
  const tell = (event: NewSessionEvent, seq?: number): void => {
    const numbered = seq === undefined ? {} : { seq }
    switch (event.type) {
      case 'risk.flagged':
        if (!isNews(event.data.riskId)) return
        cardLanguage = event.data.language ?? owner.language
        speech.replying?.abort()
        tellCard(event.at, numbered)
        return
      case 'text.utterance': {
        if (!isNews(event.data.utteranceId)) return
        hear(event)
        const { text } = event.data
        // The old client sends on what it is told: not the words that were flagged.
        if (text !== null) owner.broadcast(utteranceMessage(event, text, numbered), 'voice')
        return
      }
      case 'cbt.intervention': {
        if (!isNews(event.data.interventionId) || words.isRiskFlagged) return
        const answered = findings.get(event.data.utteranceId)
        const spoken = answered?.language ?? 'unknown'
        const language = spoken === 'unknown' ? owner.language : spoken
        const message = interventionMessage(event, answered?.distortions ?? [], language, numbered)
        owner.broadcast(message, 'session')
      }
    }
  }
  const noteFlag = ({ tier, subject }: SessionEventData<'risk.flagged'>): void => {
    riskFlags.add(tier)
    const session = shortSessionId(owner.id)
    log.info({ event: 'risk.flagged', session, tier, subject }, 'the hotline card was shown')
  }
  const make = (event: NewSessionEvent): void => {
    if (event.type === 'risk.flagged') noteFlag(event.data)
    words.learn(event)
    owner.push(event)
    tell(event)
  }

  for (const event of past) {
    words.learn(event)
    if (event.type === 'risk.flagged') cardLanguage = event.data.language ?? owner.language
    if (event.type === 'text.utterance') {
      isNews(event.data.utteranceId)
      hear(event)
    }
  }

  const speech: { -readonly [Key in keyof SessionSpeech]: SessionSpeech[Key] } = {
    get isRiskFlagged() {
      return words.isRiskFlagged
    },
    history: words.history,
    replying: null,
    snippet(wallMs) {
      return wallMs - last.at > SNIPPET_MS ? '' : last.text.slice(0, SNIPPET_CHARS)
    },
    hasTaken: (id) => words.hasTaken(id),
    take(utterance) {
      for (const event of words.analyse(utterance)) make(event)
    },
    screen(text) {
      const flag = words.screen(text, clock.wallMs())
      if (flag !== null) make(flag)
      return flag !== null
    },
    showCard(peer) {
      if (peer === undefined) tellCard(clock.wallMs(), {})
      else showCardTo(peer)
    },
    record(event) {
      words.learn(event)
      owner.push(event)
    },
    apply(event) {
      words.learn(event)
      tell(event, event.seq)
    },
    withdraw() {
      speech.replying?.abort()
      words.forget()
      findings.clear()
      last = { text: '', at: Number.NEGATIVE_INFINITY }
      owner.fusion.forgetWords()
    },
  }
  return speech
}
