/**
 * Words that come by REST: the same screen, the same analysis and the same events as over a socket. The
 * realtime processes learn of them from the log, and tell the session's clients.
 */
import { randomUUID } from 'node:crypto'
import {
  consentRefusal,
  createSessionWords,
  type DetectedDistortion,
  detectLanguage,
  hotlineCard,
  type NewSessionEvent,
  screenRisk,
  type TextEmotionModel,
  type Utterance,
  viewFinding,
} from '@bemore/core'
import { type ApiConfig, type Logger, shortSessionId } from '@bemore/ops'
import type {
  CbtFinding,
  EmotionOrUnknown,
  ErrorCode,
  HotlineCardView,
  Language,
} from '@bemore/protocol'
import { readPastWords, type SessionRow, type Store, StoreError } from '@bemore/store'
import { ApiError } from '../http/api-error.js'

export interface TakenUtterance {
  readonly utteranceId: string
  readonly language: 'ko' | 'en' | 'unknown'
  readonly emotion: EmotionOrUnknown
  /** Who can be called, where somebody's life may be at risk. */
  readonly risk: HotlineCardView | null
  /** What was found and is offered; null where nothing was, and always behind a flag. */
  readonly finding: CbtFinding | null
}

export interface SpeechTaker {
  /**
   * Takes an utterance; one that was taken before (by its id) is answered again and not stored twice.
   * @param language of the card, where the session's is not known
   * @param refusal why the caller may not speak in this session: then nothing but the screen is done
   * @throws ApiError SESSION_NOT_FOUND, SESSION_ENDED, SESSION_PAUSED, CONSENT_*, UTTERANCE_TOO_LONG
   */
  take(
    sessionId: string,
    utterance: Utterance,
    language: Language,
    refusal: Error | null,
  ): Promise<TakenUtterance>
}

export interface SpeechTakerDeps {
  readonly log: Logger
  readonly config: ApiConfig
  readonly store: Store
  readonly model: TextEmotionModel
  readonly producer: string
}

export function createSpeechTaker(deps: SpeechTakerDeps): SpeechTaker {
  const { config, log, store, model, producer } = deps

  const noteFlag = (sessionId: string, events: readonly NewSessionEvent[]): boolean => {
    const flag = events.find((event) => event.type === 'risk.flagged')
    if (flag?.type !== 'risk.flagged') return false
    const { tier, subject } = flag.data
    const about = { event: 'risk.flagged', session: shortSessionId(sessionId), tier, subject }
    log.info(about, 'the hotline card was shown')
    return true
  }

  const take = async (
    sessionId: string,
    utterance: Utterance,
    fault: ErrorCode | null,
  ): Promise<TakenUtterance> => {
    const session = await store.sessions.get(sessionId)
    if (session === null) throw new ApiError('SESSION_NOT_FOUND')
    const words = createSessionWords(model, session.language, randomUUID)
    for (const event of await readPastWords(store.log, sessionId)) words.learn(event)
    const events = words.analyse(utterance)
    const flags = events.filter(({ type }) => type === 'risk.flagged')
    let refusal: ErrorCode | null = null
    const done = await store.log.transact(sessionId, producer, ({ status, consent }) => {
      refusal = refusalOf(status, consent, fault)
      if (status === 'ended') return []
      // Whatever else is refused, or was taken before under this name, a cry for help is noticed.
      return refusal !== null || words.hasTaken(utterance.id) ? flags : events
    })
    if (done === null) throw new ApiError('SESSION_NOT_FOUND')
    const cries = noteFlag(sessionId, events)
    if (refusal !== null && !cries) throw new ApiError(refusal)
    // Another may have been flagged meanwhile, at another process.
    const isFlagged = cries || (await store.log.latest(sessionId, 'risk.flagged')) !== null
    const spoken = detectLanguage(utterance.text)
    const language = spoken === 'unknown' ? session.language : spoken
    return describe(utterance.id, events, isFlagged, language)
  }

  const refusalOf = (
    status: SessionRow['status'],
    consent: SessionRow['consent'],
    fault: ErrorCode | null,
  ): ErrorCode | null => {
    if (status === 'ended') return 'SESSION_ENDED'
    const refused = fault ?? consentRefusal(consent, 'text', config)
    return refused ?? (status === 'paused' ? 'SESSION_PAUSED' : null)
  }

  return {
    async take(sessionId, utterance, language, refusal) {
      const card = () => describe(utterance.id, [], true, language)
      if (refusal !== null) {
        if (screenRisk(utterance.text) === null) throw refusal
        return card()
      }
      const isTooLong = utterance.text.length > config.utteranceMaxChars
      try {
        return await take(sessionId, utterance, isTooLong ? 'UTTERANCE_TOO_LONG' : null)
      } catch (error) {
        // The card needs no database.
        if (!(error instanceof StoreError) || screenRisk(utterance.text) === null) throw error
        return card()
      }
    },
  }
}

function describe(
  utteranceId: string,
  events: readonly NewSessionEvent[],
  isFlagged: boolean,
  language: Language,
): TakenUtterance {
  const said = events.find((event) => event.type === 'text.utterance')
  const offered = events.find((event) => event.type === 'cbt.intervention')
  const found: readonly DetectedDistortion[] =
    said?.type === 'text.utterance' ? said.data.distortions : []
  return {
    utteranceId,
    language: said?.type === 'text.utterance' ? said.data.language : 'unknown',
    emotion: said?.type === 'text.utterance' ? said.data.emotion.label : 'unknown',
    risk: isFlagged ? hotlineCard(language) : null,
    finding:
      isFlagged || found.length === 0
        ? null
        : viewFinding(found, offered?.type === 'cbt.intervention' ? offered.data : null, language),
  }
}
