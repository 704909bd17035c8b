import { SessionStatusSchema } from '@bemore/protocol'
import type { SessionRow } from '@bemore/store'
import Type, { type Static } from 'typebox'
import { IsoTime, iso, isoOrNull } from '../http/iso-time.js'
import { OrNull } from '../http/or-null.js'

export const SessionIdSchema = Type.String({
  description:
    'Unguessable: of a session that nobody owns, whoever has it may do everything with it',
  examples: ['sess_3vYkq0J8Zt5cWm1xPbN7Lg'],
})

/** A session as its owner sees it; the device id, which names other sessions too, stays inside. */
export const SessionViewSchema = Type.Object(
  {
    sessionId: SessionIdSchema,
    status: SessionStatusSchema,
    language: Type.Union([Type.Literal('en'), Type.Literal('ko')]),
    startedAt: IsoTime,
    endedAt: OrNull(IsoTime),
    durationMs: Type.Integer({
      minimum: 0,
      description: 'Start to end, or to now; pauses included',
    }),
    openChannels: Type.Integer({ minimum: 0, description: 'WebSocket channels open now' }),
    lastSeq: Type.Integer({ minimum: 0, description: 'Events in the log of the session' }),
  },
  {
    examples: [
      {
        ...{ sessionId: 'sess_3vYkq0J8Zt5cWm1xPbN7Lg', status: 'active', language: 'ko' },
        ...{ startedAt: '2026-01-05T09:30:00.000Z', endedAt: null, durationMs: 93_500 },
        ...{ openChannels: 3, lastSeq: 12 },
      },
    ],
  },
)
export type SessionView = Static<typeof SessionViewSchema>

/** @param now Unix ms */
export function viewSession(row: SessionRow, now: number): SessionView {
  const { id, status, language, startedAt, endedAt, openChannels, lastSeq } = row
  return {
    sessionId: id,
    status,
    language,
    startedAt: iso(startedAt),
    endedAt: isoOrNull(endedAt),
    durationMs: Math.max(0, (endedAt ?? now) - startedAt),
    openChannels,
    lastSeq,
  }
}
