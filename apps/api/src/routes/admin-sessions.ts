import { shortSessionId } from '@bemore/ops'
import { CHANNELS, SessionStatusSchema } from '@bemore/protocol'
import type { SessionOverview } from '@bemore/store'
import Type, { type Static } from 'typebox'
import { DATABASE_FAILURES, failures, SuccessSchema, succeed } from '../http/envelope.js'
import { IsoTime, iso } from '../http/iso-time.js'
import { OrNull } from '../http/or-null.js'
import { decodePosition, positionForm, toPage } from '../http/page-cursor.js'
import {
  ADMIN_ONLY,
  NextCursorSchema,
  PageQuery,
  ProcessIdSchema,
} from '../operator/admin-schemas.js'
import { TAGS } from '../plugins/openapi.js'
import type { RouteContext, Routes } from './context.js'

const SessionOverviewSchema = Type.Object({
  session: Type.String({
    description: 'The beginning of its id, as the logs have it: the whole would be its capability',
    examples: ['sess_3vYkq0J'],
  }),
  ownerId: OrNull(Type.String(), 'The user whose session it is; null: nobody was signed in'),
  status: SessionStatusSchema,
  language: Type.Union([Type.Literal('en'), Type.Literal('ko')]),
  startedAt: IsoTime,
  durationMs: Type.Integer({ minimum: 0, description: 'Start to end, or to now; pauses included' }),
  lastActiveAt: IsoTime,
  openChannels: Type.Array(
    Type.Object({
      channel: Type.Enum([...CHANNELS]),
      processId: ProcessIdSchema,
      openedAt: IsoTime,
    }),
    { description: 'WebSocket channels open now, and the process that each is with' },
  ),
})

const PageSchema = Type.Object({
  sessions: Type.Array(SessionOverviewSchema),
  nextCursor: NextCursorSchema,
})

const POSITION = positionForm('sess_[A-Za-z0-9_-]{7}')

/** Whose sessions, since when, where: of what is said and seen in them there is nothing here. */
export function registerAdminSessionRoute(app: Routes, { store, trail, now }: RouteContext): void {
  app.get(
    '/sessions',
    {
      config: { access: 'admin' },
      schema: {
        tags: [TAGS.operations],
        summary: 'List sessions, of everybody',
        description: `The newest first. No content, and no id that opens a session. It is in the audit log that it was read. ${ADMIN_ONLY}`,
        querystring: Type.Object({
          status: Type.Union([Type.Literal('live'), Type.Literal('all')], {
            default: 'live',
            description: 'live: those that have not ended',
          }),
          ...PageQuery,
        }),
        response: {
          200: SuccessSchema(PageSchema, 'A page of sessions'),
          ...failures('ADMIN_CLOSED', 'VALIDATION_FAILED', ...DATABASE_FAILURES),
        },
      },
    },
    async (request) => {
      const { status, limit, cursor } = request.query
      const before = cursor === undefined ? undefined : decodePosition(cursor, POSITION)
      const rows = await store.sessions.overview({
        live: status === 'live',
        limit: limit + 1,
        ...(before !== undefined && {
          before: { startedAt: Number(before[0]), id: before[1] ?? '' },
        }),
      })
      // What is written there is that somebody looked, before what they saw leaves.
      await trail.record({
        ...{ actor: 'admin', action: 'sessions.list', subject: status },
        ...{ outcome: 'ok', requestId: request.id },
      })
      // The cursor is told, too: no more of the id than the rows have.
      const { page, nextCursor } = toPage(rows, limit, ({ startedAt, id }) => [
        startedAt,
        shortSessionId(id),
      ])
      return succeed({ sessions: page.map((row) => viewOverview(row, now())), nextCursor })
    },
  )
}

function viewOverview(row: SessionOverview, now: number): Static<typeof SessionOverviewSchema> {
  const { id, ownerId, status, language, startedAt, endedAt, lastActiveAt, channels } = row
  return {
    ...{ session: shortSessionId(id), ownerId, status, language },
    startedAt: iso(startedAt),
    durationMs: Math.max(0, (endedAt ?? now) - startedAt),
    lastActiveAt: iso(lastActiveAt),
    openChannels: channels.map(({ channel, processId, openedAt }) => ({
      ...{ channel, processId, openedAt: iso(openedAt) },
    })),
  }
}
