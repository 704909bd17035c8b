import { SessionStatusSchema } from '@bemore/protocol'
import Type from 'typebox'
import { ApiError } from '../http/api-error.js'
import { DEVICE_ID_HEADER, DeviceIdSchema } from '../http/caller.js'
import { DATABASE_FAILURES, failures, SuccessSchema, succeed } from '../http/envelope.js'
import { TAGS } from '../plugins/openapi.js'
import { decodeCursor, encodeCursor } from '../sessions/list-cursor.js'
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

export function registerLookupRoutes(app: Routes, { store, now }: RouteContext): void {
  app.get(
    '/:id',
    {
      schema: {
        tags: [TAGS.session],
        summary: 'Look up a session',
        params: Params,
        response: {
          200: SuccessSchema(SessionViewSchema, 'The session'),
          ...failures('SESSION_NOT_FOUND', ...DATABASE_FAILURES),
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
      schema: {
        tags: [TAGS.session],
        summary: 'List the sessions of this device',
        description:
          'Newest first. Without X-Device-ID the list is empty: ids of others are never told.',
        headers: Type.Object({ [DEVICE_ID_HEADER]: Type.Optional(DeviceIdSchema) }),
        querystring: Type.Object({
          limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
          cursor: Type.Optional(Type.String({ maxLength: 100 })),
          status: Type.Optional(SessionStatusSchema),
        }),
        response: {
          200: SuccessSchema(PageSchema, 'A page of sessions'),
          ...failures('VALIDATION_FAILED', ...DATABASE_FAILURES),
        },
      },
    },
    async (request) => {
      const { limit, cursor, status } = request.query
      const before = cursor === undefined ? undefined : decodeCursor(cursor)
      if (before === null) {
        const problem = 'is not a cursor of this list'
        throw new ApiError('VALIDATION_FAILED', [{ field: 'querystring/cursor', problem }])
      }
      const deviceId = request.headers[DEVICE_ID_HEADER]
      if (deviceId === undefined) return succeed({ sessions: [], nextCursor: null })
      const rows = await store.sessions.list({
        deviceId,
        limit: limit + 1,
        ...(status !== undefined && { status }),
        ...(before !== undefined && { before }),
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(last) : null
      return succeed({ sessions: page.map((row) => viewSession(row, now())), nextCursor })
    },
  )
}
