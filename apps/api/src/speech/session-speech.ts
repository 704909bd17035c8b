/**
 * Words that come by REST: the same screen, the same analysis and the same events as over a socket. The
 * realtime processes learn of them from the log, and tell the session's clients.
 */
import { randomUUID } from 'node:crypto'
import {
  consentRefusal,
  createSessionWords,
  type DetectedDistortion,
  hotlineCard,
  type NewSessionEvent,
  type TextEmotionModel,
  type Utterance,
  viewFinding,
  WORD_EVENTS,
} from '@bemore/core'
import { type ApiConfig, type Logger, shortSessionId } from '@bemore/ops'
import type {
  CbtFinding,
  EmotionOrUnknown,
  ErrorCode,
  HotlineCardView,
  Language,
} from '@bemore/protocol'
import type { Store } from '@bemore/store'
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
   * @throws ApiError SESSION_NOT_FOUND, SESSION_ENDED, SESSION_PAUSED, CONSENT_*, UTTERANCE_TOO_LONG
   */
  take(sessionId: string, utterance: Utterance): Promise<TakenUtterance>
}

export interface SpeechTakerDeps {
  readonly log: Logger
  readonly config: ApiConfig
  readonly store: Store
  readonly model: TextEmotionModel
  readonly producer: string
}

/** Of what was said, so much is looked at: hours of it. */
const PAST_WORDS = 500

export function createSpeechTaker(deps: SpeechTakerDeps): SpeechTaker {
  const { config, log, store, model, producer } = deps

  return {
    async take(sessionId, utterance) {
      if (utterance.text.length > config.utteranceMaxChars) {
        throw new ApiError('UTTERANCE_TOO_LONG')
      }
      const session = await store.sessions.get(sessionId)
      if (session === null) throw new ApiError('SESSION_NOT_FOUND')
      const words = createSessionWords(model, session.language, randomUUID)
      for (const event of await store.log.recent(sessionId, WORD_EVENTS, PAST_WORDS)) {
        words.learn(event)
      }
      const wasRisk = words.isRiskFlagged
      const events = words.analyse(utterance)
      let refusal: ErrorCode | null = null
      const done = await store.log.transact(sessionId, producer, ({ status, consent }) => {
        refusal =
          status === 'ended'
            ? 'SESSION_ENDED'
            : (consentRefusal(consent, 'text', config) ??
              (status === 'paused' ? 'SESSION_PAUSED' : null))
        if (words.hasTaken(utterance.id)) return []
        // Whatever else is refused, a cry for help is noticed.
        const flags = events.filter(({ type }) => type === 'risk.flagged')
        return refusal === null ? events : status === 'ended' ? [] : flags
      })
      if (done === null) throw new ApiError('SESSION_NOT_FOUND')
      const flag = events.find((event) => event.type === 'risk.flagged')
      const cries = flag !== undefined
      if (flag?.type === 'risk.flagged') {
        const { tier, subject } = flag.data
        const about = { event: 'risk.flagged', session: shortSessionId(sessionId), tier, subject }
        log.info(about, 'the hotline card was shown')
      }
      if (refusal !== null && !cries) throw new ApiError(refusal)
      return describe(utterance.id, events, wasRisk || cries, session.language)
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
