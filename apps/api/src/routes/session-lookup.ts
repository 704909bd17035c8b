import { SessionStatusSchema } from '@bemore/protocol'
import Type from 'typebox'
import type { Caller } from '../accounts/caller.js'
import { ApiError } from '../http/api-error.js'
import { DEVICE_ID_HEADER, DeviceIdSchema } from '../http/caller.js'
import {
  DATABASE_FAILURES,
  failures,
  SESSION_FAILURES,
  SuccessSchema,
  succeed,
  TOKEN_FAILURES,
} from '../http/envelope.js'
import { decodePosition, positionForm, toPage } from '../http/page-cursor.js'
import { TAGS } from '../plugins/openapi.js'
import { SessionIdSchema, SessionViewSchema, viewSession } from '../sessions/session-view.js'
import type { RouteContext, Routes } from './context.js'

const Params = Type.Object({ id: SessionIdSchema })

const PageSchema = Type.Object({
  sessions: Type.Array(SessionViewSchema),
  nextCursor: Type.Union([Type.String(), Type.Null()], {
    description: 'For the next page; null on the last',
    examples: ['MTc2NzYwNTQwMDAwMC5zZXNz'],
  }),
})

const POSITION = positionForm('sess_[A-Za-z0-9_-]{22}')

export function registerLookupRoutes(app: Routes, { store, now }: RouteContext): void {
  app.get(
    '/:id',
    {
      config: { access: 'session' },
      schema: {
        tags: [TAGS.session],
        summary: 'Look up a session',
        params: Params,
        response: {
          200: SuccessSchema(SessionViewSchema, 'The session'),
          ...failures(...SESSION_FAILURES),
        },
      },
    },
    async (request) => {
      const session = await store.sessions.get(request.params.id)
      if (session === null) throw new ApiError('SESSION_NOT_FOUND')
      return succeed(viewSession(session, now()))
    },
  )
}

/**
 * Session ids are capabilities, so a list hands out access: it holds what the caller's own device
 * started and, where no device is named, nothing.
 */
export function registerListRoute(app: Routes, { store, now }: RouteContext): void {
  app.get(
    '',
    {
      config: { access: 'anyone' },
      schema: {
        tags: [TAGS.session],
        summary: 'List sessions: the user’s, or without a token this device’s',
        description:
          'Newest first. Of a device only those that nobody owns; with neither the list is empty: ids of others are never told.',
        headers: Type.Object({ [DEVICE_ID_HEADER]: Type.Optional(DeviceIdSchema) }),
        querystring: Type.Object({
          limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
          cursor: Type.Optional(Type.String({ maxLength: 100 })),
          status: Type.Optional(SessionStatusSchema),
        }),
        response: {
          200: SuccessSchema(PageSchema, 'A page of sessions'),
          ...failures('VALIDATION_FAILED', ...TOKEN_FAILURES, ...DATABASE_FAILURES),
        },
      },
    },
    async (request) => {
      const { limit, cursor, status } = request.query
      const before = cursor === undefined ? undefined : decodePosition(cursor, POSITION)
      const whose = whoseSessions(request.caller, request.headers[DEVICE_ID_HEADER])
      if (whose === null) return succeed({ sessions: [], nextCursor: null })
      const rows = await store.sessions.list({
        ...whose,
        limit: limit + 1,
        ...(status !== undefined && { status }),
        ...(before !== undefined && {
          before: { startedAt: Number(before[0]), id: before[1] ?? '' },
        }),
      })
      const { page, nextCursor } = toPage(rows, limit, ({ startedAt, id }) => [startedAt, id])
      return succeed({ sessions: page.map((row) => viewSession(row, now())), nextCursor })
    },
  )
}

function whoseSessions(caller: Caller | null, deviceId: string | undefined) {
  if (caller !== null) return { ownerId: caller.userId }
  return deviceId === undefined ? null : { deviceId }
}
