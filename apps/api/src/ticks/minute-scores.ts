/**
 * What a client made of each minute by itself (its "timeline cards"). Each modality is an event of its
 * own, so that consent and retention cover it like what is measured here. A minute counts once: its key
 * in the log is made of the session and the minute.
 */
import { consentRefusal, createEvent, LAST_MINUTE, type NewSessionEvent } from '@bemore/core'
import type { ApiConfig } from '@bemore/ops'
import { MODALITIES, type Modality } from '@bemore/protocol'
import type { KeyedEvent, SessionRow, Store } from '@bemore/store'
import Type, { type Static } from 'typebox'
import { ApiError } from '../http/api-error.js'
import { OrNull } from '../http/or-null.js'

const Score = Type.Optional(
  OrNull(Type.Number({ minimum: 0, maximum: 100 }), '0 to 100; null or absent: not measured'),
)

export const TimelineCardSchema = Type.Object(
  {
    minuteIndex: Type.Integer({ minimum: 0, maximum: LAST_MINUTE }),
    facialScore: Score,
    vadScore: Score,
    textScore: Score,
    confidence: Type.Optional(OrNull(Type.Number({ minimum: 0, maximum: 1 }))),
  },
  {
    description:
      'Whatever else is in it (combinedScore, keywords, sentiment, timestamp, …) is accepted and not kept.',
    examples: [{ minuteIndex: 3, facialScore: 62, vadScore: 55, textScore: 48.5, confidence: 0.8 }],
  },
)
export type TimelineCard = Static<typeof TimelineCardSchema>

export interface MinuteScores {
  /**
   * Keeps what consent covers of the cards; a minute that is known changes nothing.
   * @throws ApiError SESSION_NOT_FOUND, SESSION_ENDED @throws StoreError
   */
  keep(sessionId: string, cards: readonly TimelineCard[]): Promise<void>
}

const SCORES = { face: 'facialScore', voice: 'vadScore', text: 'textScore' } as const

export function createMinuteScores(deps: {
  readonly store: Pick<Store, 'log' | 'sessions'>
  readonly config: ApiConfig
  now(): number
}): MinuteScores {
  const { store, config, now } = deps

  const eventsOf = (
    { id: sessionId, consent }: SessionRow,
    card: TimelineCard,
    at: number,
  ): KeyedEvent[] =>
    MODALITIES.flatMap((modality, place) => {
      const event = scoreEvent(modality, card, at)
      if (event === null || consentRefusal(consent, modality, config) !== null) return []
      const producerSeq = card.minuteIndex * MODALITIES.length + place + 1
      return [{ sessionId, event, producer: `tick:${sessionId}`, producerSeq }]
    })

  return {
    async keep(sessionId, cards) {
      const session = await store.sessions.get(sessionId)
      if (session === null) throw new ApiError('SESSION_NOT_FOUND')
      if (session.status === 'ended') throw new ApiError('SESSION_ENDED')
      const at = now()
      await store.log.append(cards.flatMap((card) => eventsOf(session, card, at)))
    },
  }
}

function scoreEvent(modality: Modality, card: TimelineCard, at: number): NewSessionEvent | null {
  const score = card[SCORES[modality]]
  if (score === undefined || score === null) return null
  const { minuteIndex, confidence = null } = card
  const data = { minuteIndex, score, ...(confidence !== null && { confidence }) }
  return createEvent(`${modality}.score`, at, data)
}
