/**
 * What a person thinks of a session, while it runs or after. The note is a text like every other: the
 * risk screen reads it first, and its words are kept only where none of it was flagged and text may be
 * kept at all.
 */
import { randomUUID } from 'node:crypto'
import {
  consentRefusal,
  createEvent,
  createSessionWords,
  detectLanguage,
  hotlineCard,
  type NewSessionEvent,
  screenRisk,
  type TextEmotionModel,
} from '@bemore/core'
import { type ApiConfig, type Logger, shortSessionId } from '@bemore/ops'
import type { HotlineCardView, Language } from '@bemore/protocol'
import { readPastWords, type SessionRow, type Store, StoreError } from '@bemore/store'
import { ApiError } from '../http/api-error.js'

export interface Feedback {
  /** null: what came with the note was wrong, and only the note is heard. */
  readonly rating: number | null
  /** '' for none. */
  readonly note: string
  /** Unix ms. */
  readonly at: number
}

export interface TakenFeedback {
  readonly rating: number | null
  /** Whether the words of the note are kept. */
  readonly note: boolean
  readonly at: number
  /** Who can be called, where somebody's life may be at risk. */
  readonly risk: HotlineCardView | null
}

export interface FeedbackTaker {
  /**
   * Takes feedback; the latest counts, and the same again is taken once.
   * @param language of the card, where the session's is not known
   * @param refusal why the caller may not speak in this session: then nothing but the screen is done
   * @throws ApiError SESSION_NOT_FOUND @throws StoreError
   */
  give(
    sessionId: string,
    feedback: Feedback,
    language: Language,
    refusal: Error | null,
  ): Promise<TakenFeedback>
}

export function createFeedbackTaker(deps: {
  readonly log: Logger
  readonly config: ApiConfig
  readonly store: Pick<Store, 'log' | 'sessions'>
  readonly model: TextEmotionModel
  readonly producer: string
}): FeedbackTaker {
  const { config, log, store, model, producer } = deps

  /** The flag the note raises, read with what was said before it: a sentence may be cut in two. */
  const screen = async ({ id, language }: SessionRow, { note, at }: Feedback) => {
    if (note === '') return null
    const words = createSessionWords(model, language, randomUUID)
    for (const event of await readPastWords(store.log, id)) words.learn(event)
    return words.screen(note, at)
  }

  const isRepetition = async (sessionId: string, { rating, note }: Feedback): Promise<boolean> => {
    const [last] = await store.log.recent(sessionId, ['feedback.given'], 1)
    if (last?.type !== 'feedback.given' || last.data.rating !== rating) return false
    if (!last.data.hasNote) return note === ''
    const [said] = await store.log.recent(sessionId, ['text.feedback'], 1)
    return said?.type === 'text.feedback' && said.seq > last.seq && said.data.text === note
  }

  const give = async (sessionId: string, feedback: Feedback): Promise<TakenFeedback> => {
    const { rating, note, at } = feedback
    const session = await store.sessions.get(sessionId)
    if (session === null) throw new ApiError('SESSION_NOT_FOUND')
    const flag = await screen(session, feedback)
    const isKnown = flag === null && (await isRepetition(sessionId, feedback))
    let isKept = false
    const done = await store.log.transact(sessionId, producer, ({ consent }) => {
      const mayKeep = consentRefusal(consent, 'text', config) === null
      isKept = rating !== null && note !== '' && flag === null && mayKeep
      const given = isKnown || rating === null ? [] : eventsOf(rating, feedback, flag, mayKeep)
      return flag === null ? given : [flag, ...given]
    })
    if (done === null) throw new ApiError('SESSION_NOT_FOUND')
    if (flag?.type === 'risk.flagged') {
      const { tier, subject } = flag.data
      const about = { event: 'risk.flagged', session: shortSessionId(sessionId), tier, subject }
      log.info(about, 'the hotline card was shown')
    }
    const isFlagged = flag !== null || (await store.log.latest(sessionId, 'risk.flagged')) !== null
    const risk = isFlagged ? cardFor(note, session.language) : null
    return { rating, note: isKept, at, risk }
  }

  return {
    async give(sessionId, feedback, language, refusal) {
      const { at, note } = feedback
      const card = () => ({ rating: null, note: false, at, risk: cardFor(note, language) })
      if (refusal !== null) {
        if (screenRisk(note) === null) throw refusal
        return card()
      }
      try {
        return await give(sessionId, feedback)
      } catch (error) {
        // The card needs no database.
        if (!(error instanceof StoreError) || screenRisk(note) === null) throw error
        return card()
      }
    },
  }
}

function eventsOf(
  rating: number,
  { note, at }: Feedback,
  flag: NewSessionEvent | null,
  mayKeep: boolean,
): NewSessionEvent[] {
  const given = createEvent('feedback.given', at, { rating, hasNote: note !== '' })
  if (note === '' || !mayKeep) return [given]
  return [given, createEvent('text.feedback', at, { text: flag === null ? note : null })]
}

function cardFor(note: string, language: Language): HotlineCardView {
  const spoken = detectLanguage(note)
  return hotlineCard(spoken === 'unknown' ? language : spoken)
}
