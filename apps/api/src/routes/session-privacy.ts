import { Readable } from 'node:stream'
import { ConsentChoiceSchema } from '@bemore/protocol'
import type { ErasureReceipt } from '@bemore/store'
import Type, { type Static } from 'typebox'
import { ApiError } from '../http/api-error.js'
import {
  BODY_FAILURES,
  DATABASE_FAILURES,
  failures,
  SESSION_FAILURES,
  SuccessSchema,
  succeed,
  TOKEN_FAILURES,
} from '../http/envelope.js'
import { IsoTime, iso } from '../http/iso-time.js'
import { optionalBody } from '../http/optional-body.js'
import { TAGS } from '../plugins/openapi.js'
import { ConsentViewSchema, recordConsent, viewConsent } from '../privacy/session-consent.js'
import { exportSession } from '../privacy/session-export.js'
import { SessionIdSchema, SessionViewSchema } from '../sessions/session-view.js'
import type { RouteContext, Routes } from './context.js'

const Params = Type.Object({ id: SessionIdSchema })

/** Only documents: the file is written as it is read, page by page. */
const ExportSchema = Type.Object({
  exportedAt: Type.String({ examples: ['2026-01-05T10:00:00.000Z'] }),
  session: SessionViewSchema,
  consent: ConsentViewSchema,
  openChannels: Type.Array(Type.Object({}), { examples: [[]] }),
  events: Type.Array(
    Type.Object({
      seq: Type.Integer({ minimum: 1 }),
      type: Type.String({ examples: ['session.started'] }),
      at: Type.Integer({ description: 'Unix ms', examples: [1_767_605_400_000] }),
      data: Type.Object({}, { examples: [{ language: 'ko' }] }),
    }),
  ),
})

const ReceiptSchema = Type.Object(
  {
    receiptId: Type.String({ examples: ['eras_3vYkq0J8Zt5cWm1xPbN7Lg'] }),
    erasedAt: IsoTime,
    kind: Type.Union([Type.Literal('request'), Type.Literal('owner'), Type.Literal('retention')]),
    sessionSha256: Type.String({ description: 'SHA-256 of the session id, in hex' }),
    events: Type.Integer({ minimum: 0, description: 'How many were erased' }),
  },
  {
    examples: [
      {
        receiptId: 'eras_3vYkq0J8Zt5cWm1xPbN7Lg',
        erasedAt: '2026-01-05T10:00:00.000Z',
        kind: 'request',
        sessionSha256: '5d2f0c8d3d6cf0a9f0f2a3a4a7be1ec6d2c9f0f0fd30d60e5b5d1b3f7e2a9c41',
        events: 12,
      },
    ],
  },
)

function viewReceipt(receipt: ErasureReceipt): Static<typeof ReceiptSchema> {
  return { ...receipt, erasedAt: iso(receipt.erasedAt) }
}

/** What a person may ask of the data about them: to decide, to have it, to have it gone. */
export function registerPrivacyRoutes(app: Routes, context: RouteContext): void {
  const { store, reports, config, now } = context

  const requireSession = async (sessionId: string) => {
    const session = await store.sessions.get(sessionId)
    if (session === null) throw new ApiError('SESSION_NOT_FOUND')
    return session
  }

  app.get(
    '/:id/consent',
    {
      config: { access: 'session' },
      schema: {
        tags: [TAGS.session],
        summary: 'How consent stands',
        params: Params,
        response: {
          200: SuccessSchema(ConsentViewSchema, 'By modality'),
          ...failures(...SESSION_FAILURES),
        },
      },
    },
    async (request) => succeed(viewConsent(await requireSession(request.params.id), config)),
  )

  app.put(
    '/:id/consent',
    {
      config: { access: 'session' },
      schema: {
        tags: [TAGS.session],
        summary: 'Grant, refuse or withdraw consent',
        description:
          'True grants, false refuses or withdraws, what is not named stays. A withdrawal erases what was read of that modality, also after the session has ended. Repeating it is no error.',
        params: Params,
        body: ConsentChoiceSchema,
        response: {
          200: SuccessSchema(ConsentViewSchema, 'As it stands now'),
          ...failures(...BODY_FAILURES, ...SESSION_FAILURES),
        },
      },
      // Nothing said is nothing changed, and answered with how it stands.
      preValidation: optionalBody,
    },
    async (request) => {
      const { id } = request.params
      const session = await recordConsent(context, id, request.body)
      // The hint comes a moment later, and what was withdrawn must not be shown even for that.
      reports.forget(id)
      return succeed(viewConsent(session, config))
    },
  )

  app.get(
    '/:id/export',
    {
      config: { access: 'session' },
      schema: {
        tags: [TAGS.session],
        summary: 'Everything held of a session',
        description: 'As JSON, to be kept: the session, its consent, its log.',
        params: Params,
        response: {
          200: {
            description: 'The file',
            content: { 'application/json': { schema: Type.Unsafe<object>(ExportSchema) } },
          },
          ...failures(...SESSION_FAILURES),
        },
      },
    },
    async (request, reply) => {
      const session = await requireSession(request.params.id)
      const file = `bemore-${session.id}.json`
      return reply
        .header('content-type', 'application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="${file}"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(exportSession(context, session, now())))
    },
  )

  app.delete(
    '/:id',
    {
      config: { access: 'session' },
      schema: {
        tags: [TAGS.session],
        summary: 'Erase a session',
        description:
          'The session, its log and all reports of it; sockets still open are closed. The receipt is all that is kept.',
        params: Params,
        response: {
          200: SuccessSchema(
            Type.Object({
              sessionId: SessionIdSchema,
              deleted: Type.Literal(true),
              receipt: ReceiptSchema,
            }),
            'It is gone',
          ),
          ...failures(...SESSION_FAILURES),
        },
      },
    },
    async (request) => {
      const { id } = request.params
      const receipt = await store.erasure.session(id)
      reports.forget(id)
      if (receipt === null) throw new ApiError('SESSION_NOT_FOUND')
      return succeed({ sessionId: id, deleted: true as const, receipt: viewReceipt(receipt) })
    },
  )
}

export function registerReceiptRoute(app: Routes, { store }: RouteContext): void {
  app.get(
    '/api/erasure/:receiptId',
    {
      config: { access: 'anyone' },
      schema: {
        tags: [TAGS.session],
        summary: 'Look up the receipt of an erasure',
        params: Type.Object({ receiptId: Type.String() }),
        response: {
          200: SuccessSchema(ReceiptSchema, 'It was erased'),
          ...failures('ERASURE_NOT_FOUND', ...TOKEN_FAILURES, ...DATABASE_FAILURES),
        },
      },
    },
    async (request) => {
      const receipt = await store.erasure.receipt(request.params.receiptId)
      if (receipt === null) throw new ApiError('ERASURE_NOT_FOUND')
      return succeed(viewReceipt(receipt))
    },
  )
}
