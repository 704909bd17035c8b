import { screenRisk } from '@bemore/core'
import { HotlineCardSchema } from '@bemore/protocol'
import Type from 'typebox'
import {
  BODY_FAILURES,
  failures,
  SESSION_FAILURES,
  SuccessSchema,
  succeed,
} from '../http/envelope.js'
import { IsoTime, iso } from '../http/iso-time.js'
import { negotiateLanguage } from '../http/language.js'
import { OrNull } from '../http/or-null.js'
import { TAGS } from '../plugins/openapi.js'
import { SessionIdSchema } from '../sessions/session-view.js'
import type { RouteContext, Routes } from './context.js'

const FeedbackBodySchema = Type.Object(
  {
    rating: Type.Integer({ minimum: 1, maximum: 5 }),
    note: Type.Optional(
      Type.String({ maxLength: 2_000, description: 'In own words; "" is the same as none' }),
    ),
  },
  { examples: [{ rating: 4, note: '' }] },
)

const TakenFeedbackSchema = Type.Object({
  sessionId: SessionIdSchema,
  rating: OrNull(
    Type.Integer({ minimum: 1, maximum: 5 }),
    'null: it could not be taken, and only the cry for help in the note was heard',
  ),
  note: Type.Boolean({ description: 'Whether the words of the note are kept' }),
  at: IsoTime,
  risk: OrNull(HotlineCardSchema, 'Who can be called; show it before anything else'),
})

export function registerFeedbackRoute(app: Routes, { feedback, now }: RouteContext): void {
  app.post(
    '/:id/feedback',
    {
      attachValidation: true,
      config: { access: 'session', screensFirst: true },
      schema: {
        tags: [TAGS.session],
        summary: 'Rate a session',
        description:
          'While it runs or after it has ended; the latest counts. The note is kept as long as what was said in the session, and not where consent to text is missing. A note that speaks of suicide is answered with who can be called, and kept without its words.',
        params: Type.Object({ id: SessionIdSchema }),
        body: FeedbackBodySchema,
        response: {
          200: SuccessSchema(TakenFeedbackSchema, 'It was taken'),
          ...failures(...BODY_FAILURES, ...SESSION_FAILURES),
        },
      },
    },
    async (request) => {
      const { body, params, validationError } = request
      const { rating, note = '' } = body ?? {}
      const isWrong = validationError !== undefined && validationError !== null
      // Whatever is wrong with a request, what it says is heard.
      const isHeard = typeof note === 'string' && screenRisk(note) !== null
      if (isWrong && !isHeard) throw validationError
      const language = negotiateLanguage(request.headers['accept-language']) ?? 'ko'
      const given = { rating: isWrong ? null : rating, note: note.trim(), at: now() }
      const taken = await feedback.give(params.id, given, language, request.refusal)
      return succeed({ sessionId: params.id, ...taken, at: iso(taken.at) })
    },
  )
}
