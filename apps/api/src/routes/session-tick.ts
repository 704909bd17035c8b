import Type from 'typebox'
import {
  BODY_FAILURES,
  failures,
  SESSION_FAILURES,
  SuccessSchema,
  succeed,
} from '../http/envelope.js'
import { fingerprint } from '../http/fingerprint.js'
import { TAGS } from '../plugins/openapi.js'
import { SessionIdSchema } from '../sessions/session-view.js'
import { createMinuteScores, TimelineCardSchema } from '../ticks/minute-scores.js'
import type { RouteContext, Routes } from './context.js'

/** Four hours of minutes. */
const MOST_CARDS = 240
const BATCH_ID_CHARS = 22

const KEPT =
  'Of a card only the scores are kept, each under the consent of its modality; keywords and sentiment are not. The report is made of what is measured here and does not change. A minute counts once.'

const FAILURES = failures('SESSION_ENDED', ...BODY_FAILURES, ...SESSION_FAILURES)

export function registerTickRoute(app: Routes, context: RouteContext): void {
  const scores = createMinuteScores(context)
  app.post(
    '/:id/tick',
    {
      config: { access: 'session' },
      schema: {
        tags: [TAGS.session],
        summary: 'Hand in a minute that the client scored itself',
        description: KEPT,
        params: Type.Object({ id: SessionIdSchema }),
        body: TimelineCardSchema,
        response: {
          200: SuccessSchema(
            Type.Object({ success: Type.Literal(true), minuteIndex: Type.Integer() }),
            'It was taken',
          ),
          ...FAILURES,
        },
      },
    },
    async (request) => {
      await scores.keep(request.params.id, [request.body])
      return succeed({ success: true as const, minuteIndex: request.body.minuteIndex })
    },
  )
}

export function registerBatchTickRoute(app: Routes, context: RouteContext): void {
  const scores = createMinuteScores(context)
  app.post(
    '/batch-tick',
    {
      config: { access: 'session-in-body' },
      schema: {
        tags: [TAGS.session],
        summary: 'Hand in several such minutes',
        description: KEPT,
        body: Type.Object({
          sessionId: Type.String({
            pattern: '^sess_[A-Za-z0-9_-]{22}$',
            description: 'Of them all; a sessionId within a card is not looked at',
            examples: ['sess_3vYkq0J8Zt5cWm1xPbN7Lg'],
          }),
          items: Type.Array(TimelineCardSchema, { maxItems: MOST_CARDS }),
        }),
        response: {
          200: SuccessSchema(
            Type.Object({
              success: Type.Literal(true),
              count: Type.Integer({ minimum: 0 }),
              batchId: Type.String({ description: 'The same for the same batch' }),
            }),
            'They were taken',
          ),
          ...FAILURES,
        },
      },
    },
    async (request) => {
      const { sessionId, items } = request.body
      await scores.keep(sessionId, items)
      const batchId = `batch_${fingerprint([sessionId, items]).slice(0, BATCH_ID_CHARS)}`
      return succeed({ success: true as const, count: items.length, batchId })
    },
  )
}
