import { randomUUID } from 'node:crypto'
import { screenRisk } from '@bemore/core'
import {
  CbtFindingSchema,
  EmotionOrUnknownSchema,
  HotlineCardSchema,
  UtteranceIdSchema,
} from '@bemore/protocol'
import Type from 'typebox'
import {
  BODY_FAILURES,
  failures,
  SESSION_FAILURES,
  SuccessSchema,
  succeed,
} from '../http/envelope.js'
import { negotiateLanguage } from '../http/language.js'
import { OrNull } from '../http/or-null.js'
import { TAGS } from '../plugins/openapi.js'
import { SessionIdSchema } from '../sessions/session-view.js'
import type { RouteContext, Routes } from './context.js'

const UnixMs = Type.Number({ minimum: 0, maximum: 8.64e15, description: 'Unix ms' })

const UtteranceBodySchema = Type.Object(
  {
    text: Type.String({ pattern: '\\S', description: 'What was said or typed' }),
    id: Type.Optional(UtteranceIdSchema),
    lang: Type.Optional(Type.String({ maxLength: 35, description: 'BCP 47; else it is detected' })),
    startedAt: Type.Optional(UnixMs),
    endedAt: Type.Optional(UnixMs),
    confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  },
  { examples: [{ text: '저는 하는 일마다 실패해요.', id: 'u-1' }] },
)

const TakenSchema = Type.Object(
  {
    utteranceId: Type.String(),
    language: Type.Enum(['ko', 'en', 'unknown']),
    emotion: EmotionOrUnknownSchema,
    risk: OrNull(HotlineCardSchema, 'Who can be called; show it before anything else'),
    finding: OrNull(CbtFindingSchema),
  },
  { examples: [{ utteranceId: 'u-1', language: 'ko', emotion: 'sad', risk: null, finding: null }] },
)

export function registerUtteranceRoute(app: Routes, { speech, now }: RouteContext): void {
  app.post(
    '/:id/utterances',
    {
      attachValidation: true,
      config: { access: 'session', screensFirst: true },
      schema: {
        tags: [TAGS.session],
        summary: 'Say something',
        description:
          'For clients without a socket. Sent again under the same `id`, an utterance counts once.',
        params: Type.Object({ id: SessionIdSchema }),
        body: UtteranceBodySchema,
        response: {
          200: SuccessSchema(TakenSchema, 'What was heard in it'),
          ...failures(
            'UTTERANCE_TOO_LONG',
            ...BODY_FAILURES,
            ...(['SESSION_ENDED', 'SESSION_PAUSED'] as const),
            ...(['CONSENT_REQUIRED', 'CONSENT_WITHDRAWN'] as const),
            ...SESSION_FAILURES,
          ),
        },
      },
    },
    async (request) => {
      const { body, params, validationError } = request
      const language = negotiateLanguage(request.headers['accept-language']) ?? 'ko'
      const { text, id = randomUUID(), lang, startedAt, endedAt, confidence } = body ?? {}
      // Whatever is wrong with a request, what it says is heard.
      const isHeard = typeof text === 'string' && screenRisk(text) !== null
      if (validationError !== undefined && validationError !== null && !isHeard) {
        throw validationError
      }
      const given = validationError ? {} : { lang, startedAt, endedAt, sttConfidence: confidence }
      const known = Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== undefined),
      )
      const utteranceId = validationError ? randomUUID() : id
      const said = { id: utteranceId, text: text.trim(), origin: 'rest', at: now() } as const
      const taken = speech.take(params.id, { ...said, ...known }, language, request.refusal)
      return succeed(await taken)
    },
  )
}
