import { decideInitialConsent } from '@bemore/core'
import { ConsentChoiceSchema, SessionStatusSchema } from '@bemore/protocol'
import Type, { type Static } from 'typebox'
import { DEVICE_ID_HEADER, DeviceIdSchema, IdempotencyKeySchema, scopeOf } from '../http/caller.js'
import { BODY_FAILURES, failures, SuccessSchema, succeed, USER_FAILURES } from '../http/envelope.js'
import { fingerprint } from '../http/fingerprint.js'
import { IsoTime, iso } from '../http/iso-time.js'
import { negotiateLanguage } from '../http/language.js'
import { optionalBody } from '../http/optional-body.js'
import { OrNull } from '../http/or-null.js'
import { TAGS } from '../plugins/openapi.js'
import { SessionIdSchema } from '../sessions/session-view.js'
import { buildSocketUrls, SocketUrlsSchema, socketBaseOf } from '../sessions/socket-urls.js'
import type { RouteContext, Routes } from './context.js'

const StartBodySchema = Type.Object(
  {
    userId: Type.Optional(
      Type.Unknown({ description: 'Ignored: who the user is, the server decides' }),
    ),
    counselorId: Type.Optional(OrNull(Type.String({ maxLength: 128 }))),
    language: Type.Optional(
      Type.Union([Type.Literal('en'), Type.Literal('ko')], {
        description: 'Of reports where nobody asks otherwise; else as Accept-Language asks',
      }),
    ),
    consent: Type.Optional(ConsentChoiceSchema),
  },
  { examples: [{ counselorId: 'ai_counselor_001', language: 'ko' }, {}] },
)
type StartBody = Static<typeof StartBodySchema>

const StartedSchema = Type.Object(
  {
    sessionId: SessionIdSchema,
    status: SessionStatusSchema,
    startedAt: IsoTime,
    wsUrls: SocketUrlsSchema,
  },
  {
    examples: [
      {
        sessionId: 'sess_3vYkq0J8Zt5cWm1xPbN7Lg',
        status: 'active',
        startedAt: '2026-01-05T09:30:00.000Z',
        wsUrls: buildSocketUrls('wss://bemore.example.org', 'sess_3vYkq0J8Zt5cWm1xPbN7Lg'),
      },
    ],
  },
)

export function registerStartRoute(app: Routes, context: RouteContext): void {
  const { config, store, producer, now } = context
  const Started = SuccessSchema(StartedSchema, 'The session, and where its sockets are')

  app.post(
    '/start',
    {
      config: { access: 'starter' },
      schema: {
        tags: [TAGS.session],
        summary: 'Start a session',
        description:
          'With a token the session is that user’s, whatever the body says. Repeating it with the same Idempotency-Key, or from the same device before a socket was opened, gives the first session again (200).',
        headers: Type.Object({
          [DEVICE_ID_HEADER]: Type.Optional(DeviceIdSchema),
          'idempotency-key': Type.Optional(IdempotencyKeySchema),
        }),
        body: StartBodySchema,
        response: {
          200: Started,
          201: Started,
          ...failures('IDEMPOTENCY_KEY_REUSED', ...BODY_FAILURES, ...USER_FAILURES),
        },
      },
      // A start without a body is one without wishes.
      preValidation: optionalBody,
    },
    async (request, reply) => {
      const body: StartBody = request.body
      const deviceId = request.headers[DEVICE_ID_HEADER]
      const key = request.headers['idempotency-key']
      const ownerId = request.caller?.userId
      const { session, created } = await store.sessions.start({
        language: body.language ?? negotiateLanguage(request.headers['accept-language']) ?? 'en',
        at: now(),
        deviceWindowMs: config.startDedupeMs,
        ...(ownerId !== undefined && { ownerId }),
        ...(deviceId !== undefined && { deviceId }),
        // An empty one names nobody.
        ...(body.counselorId && { counselorId: body.counselorId }),
        ...(key !== undefined && {
          idempotency: { scope: scopeOf(request, deviceId), key, fingerprint: fingerprint(body) },
        }),
      })
      // Also of a repeated start: the first may have been cut off before it came to this.
      await store.log.transact(session.id, producer, ({ consent, status }) =>
        status === 'ended' ? [] : decideInitialConsent(consent, body.consent ?? {}, config, now()),
      )
      const base =
        config.realtimePublicUrl === '' ? socketBaseOf(request) : config.realtimePublicUrl
      return reply.code(created ? 201 : 200).send(
        succeed({
          sessionId: session.id,
          status: session.status,
          startedAt: iso(session.startedAt),
          wsUrls: buildSocketUrls(base, session.id),
        }),
      )
    },
  )
}
