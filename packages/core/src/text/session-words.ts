/**
 * What has been said in a session, as far as the next utterance needs to know it, and what is made of
 * an utterance: the risk screen first, and behind a flag nothing else. Built from the events of the log
 * in any order and as often as they come; the same on every process that has seen the same events.
 */
import type { Language } from '@bemore/protocol'
import { createEvent, type NewSessionEvent, type SessionEventData } from '../session/events.js'
import { chooseIntervention } from './cbt/choose-intervention.js'
import { findDistortions } from './distortions/find-distortions.js'
import type { TextEmotionModel } from './emotion-model.js'
import { detectLanguage } from './language.js'
import { screenSession } from './risk/screen-session.js'

export interface Utterance {
  readonly id: string
  readonly text: string
  readonly origin: SessionEventData<'text.utterance'>['origin']
  /** When it was taken, Unix ms. */
  readonly at: number
  readonly startedAt?: number
  readonly endedAt?: number
  readonly sttConfidence?: number
  /** What the client says it is; anything but Korean or English is left to be detected. */
  readonly lang?: string
}

export interface ChatTurn {
  readonly role: 'user' | 'assistant'
  readonly text: string
}

export interface SessionWords {
  /** Somebody's life may be at risk: nothing is offered any more but who can be called. */
  readonly isRiskFlagged: boolean
  /** The chat so far, oldest first, at most `HISTORY_TURNS` of it. */
  readonly history: readonly ChatTurn[]
  /** Whether the utterance was taken before. */
  hasTaken(utteranceId: string): boolean
  /** Learns from an event, of the log or on its way there. */
  learn(event: NewSessionEvent): void
  /** The events an utterance makes; they are not learnt from yet. */
  analyse(utterance: Utterance): NewSessionEvent[]
  /** The event a text that is no utterance makes (a chat message): a flag, or null. */
  screen(text: string, at: number): NewSessionEvent | null
}

/** Events that `learn` reads. */
export const WORD_EVENTS = [
  'text.utterance',
  'cbt.intervention',
  'risk.flagged',
  'chat.message',
] as const

const HISTORY_TURNS = 40
/** An utterance cut in two is still heard as one. */
const TAIL_UTTERANCES = 3
const TAKEN_IDS = 500

export function createSessionWords(model: TextEmotionModel): SessionWords {
  const taken = new Set<string>()
  const usedQuestions = new Set<string>()
  const history: ChatTurn[] = []
  const tail: string[] = []
  let isRiskFlagged = false
  let lastInterventionAt: number | null = null
  let utterancesSince = 0

  const remember = (text: string): void => {
    tail.push(text)
    if (tail.length > TAIL_UTTERANCES) tail.shift()
  }
  const flag = (text: string, at: number, utteranceId: string | null): NewSessionEvent | null => {
    const finding = screenSession(tail, text)
    if (finding === null) return null
    const { tier, subject } = finding
    return createEvent('risk.flagged', at, { tier, subject, utteranceId })
  }

  const words: { -readonly [Key in keyof SessionWords]: SessionWords[Key] } = {
    isRiskFlagged: false,
    history,
    hasTaken: (id) => taken.has(id),
    learn(event) {
      switch (event.type) {
        case 'text.utterance': {
          const { utteranceId, text } = event.data
          if (taken.has(utteranceId)) return
          taken.add(utteranceId)
          if (taken.size > TAKEN_IDS) taken.delete(taken.values().next().value as string)
          utterancesSince += 1
          if (text !== null) remember(text)
          return
        }
        case 'cbt.intervention':
          for (const id of event.data.questionIds) usedQuestions.add(id)
          if (event.at > (lastInterventionAt ?? Number.NEGATIVE_INFINITY)) {
            lastInterventionAt = event.at
            utterancesSince = 0
          }
          return
        case 'risk.flagged':
          words.isRiskFlagged = true
          return
        case 'chat.message': {
          const { role, text, messageId } = event.data
          if (text === null || taken.has(messageId)) return
          taken.add(messageId)
          history.push({ role, text })
          if (history.length > HISTORY_TURNS) history.shift()
          if (role === 'user') remember(text)
        }
      }
    },
  }
  return words
}
