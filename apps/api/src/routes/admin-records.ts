import { ERRORS, PROCESS_KINDS } from '@bemore/protocol'
import type { AuditRecord, Incident } from '@bemore/store'
import Type, { type Static } from 'typebox'
import { DATABASE_FAILURES, failures, SuccessSchema, succeed } from '../http/envelope.js'
import { IsoTime, iso, isoOrNull } from '../http/iso-time.js'
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

const IncidentSchema = Type.Object({
  id: Type.Integer(),
  processId: ProcessIdSchema,
  kind: Type.Enum([...PROCESS_KINDS]),
  version: Type.String(),
  code: Type.String({ examples: ['DATABASE_UNREACHABLE'] }),
  detail: Type.String({ examples: ['no connection within 3000 ms'] }),
  beganAt: IsoTime,
  endedAt: OrNull(IsoTime, 'null: it lasts, or its process died and nobody remembers when'),
  endedBy: OrNull(
    Type.Union([Type.Literal('recovery'), Type.Literal('process')]),
    'recovery: it passed; process: its process went first; null: it lasts',
  ),
  durationMs: OrNull(Type.Integer({ minimum: 0 }), 'Until its end, or now'),
})
const IncidentPageSchema = Type.Object({
  incidents: Type.Array(IncidentSchema),
  nextCursor: NextCursorSchema,
})

const AuditRecordSchema = Type.Object({
  id: Type.Integer(),
  at: IsoTime,
  actor: Type.String({ description: '`admin`, `user:<id>` or `anonymous`', examples: ['admin'] }),
  action: Type.String({ examples: ['process.drain', 'sessions.list', 'admin.call'] }),
  subject: OrNull(Type.String(), 'What it was done to'),
  outcome: Type.Union([Type.Literal('ok'), Type.Literal('refused')]),
  requestId: OrNull(Type.String(), 'As in the log, and in X-Request-ID of the reply'),
})
const AuditPageSchema = Type.Object({
  records: Type.Array(AuditRecordSchema),
  nextCursor: NextCursorSchema,
})

const Count = Type.Integer({ minimum: 0 })
const ErrorsSchema = Type.Object({
  processId: ProcessIdSchema,
  since: IsoTime,
  requests: Count,
  failures: Type.Object({ '4xx': Count, '5xx': Count }),
  hours: Type.Array(
    Type.Object({
      startedAt: IsoTime,
      requests: Count,
      failures: Type.Array(
        Type.Object({
          code: Type.String({ examples: ['SESSION_NOT_FOUND'] }),
          status: Type.Integer({ examples: [404] }),
          method: Type.String({ examples: ['GET'] }),
          route: Type.String({ description: 'Its template', examples: ['/api/session/:id'] }),
          count: Count,
        }),
        { description: 'The most frequent first' },
      ),
      others: Type.Integer({ minimum: 0, description: 'Failures of yet other kinds' }),
    }),
    { description: 'The last 24, the current first; hours without a request are left out' },
  ),
})

const INCIDENT_POSITION = positionForm('\\d{1,15}')
const RECORD_POSITION = /^(\d{1,15})$/

/** What happened: incidents of all processes, failures of this one, and who did what. */
export function registerAdminRecordRoutes(app: Routes, context: RouteContext): void {
  const { store, config, identity, statistics, now } = context

  app.get(
    '/incidents',
    {
      config: { access: 'admin' },
      schema: {
        tags: [TAGS.operations],
        summary: 'List what was wrong, and for how long',
        description: `The newest first, of all processes; kept for INCIDENT_RETENTION_DAYS. Outages of the database are written after it. ${ADMIN_ONLY}`,
        querystring: Type.Object({
          open: Type.Optional(
            Type.Boolean({ description: 'true: those that last; false: those that are over' }),
          ),
          ...PageQuery,
        }),
        response: {
          200: SuccessSchema(IncidentPageSchema, 'A page of incidents'),
          ...failures('ADMIN_CLOSED', 'VALIDATION_FAILED', ...DATABASE_FAILURES),
        },
      },
    },
    async (request) => {
      const { open, limit, cursor } = request.query
      const before = cursor === undefined ? undefined : decodePosition(cursor, INCIDENT_POSITION)
      const rows = await store.incidents.list({
        ...{ staleMs: config.staleMs, limit: limit + 1 },
        ...(open !== undefined && { open }),
        ...(before !== undefined && {
          before: { beganAt: Number(before[0]), id: Number(before[1]) },
        }),
      })
      const { page, nextCursor } = toPage(rows, limit, ({ beganAt, id }) => [beganAt, id])
      return succeed({ incidents: page.map((each) => viewIncident(each, now())), nextCursor })
    },
  )

  app.get(
    '/errors',
    {
      config: { access: 'admin' },
      schema: {
        tags: [TAGS.operations],
        summary: 'Count the failures of this process',
        description: `By hour, error code and route, of the API process that answers and of no other: /metrics of each has the sums. ${ADMIN_ONLY}`,
        response: {
          200: SuccessSchema(ErrorsSchema, 'What failed here'),
          ...failures('ADMIN_CLOSED'),
        },
      },
    },
    async () => {
      const { since, ...totals } = statistics.totals()
      const hours = statistics.hours().map(({ startedAt, failures: kinds, ...hour }) => ({
        startedAt: iso(startedAt),
        ...hour,
        failures: kinds.map((kind) => ({ ...kind, status: ERRORS[kind.code].status })),
      }))
      return succeed({ processId: identity.id, since: iso(since), ...totals, hours })
    },
  )

  app.get(
    '/audit',
    {
      config: { access: 'admin' },
      schema: {
        tags: [TAGS.operations],
        summary: 'Read the audit log',
        description: `The newest first; kept for AUDIT_RETENTION_DAYS. ${ADMIN_ONLY}`,
        querystring: Type.Object(PageQuery),
        response: {
          200: SuccessSchema(AuditPageSchema, 'A page of the audit log'),
          ...failures('ADMIN_CLOSED', 'VALIDATION_FAILED', ...DATABASE_FAILURES),
        },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const position = cursor === undefined ? undefined : decodePosition(cursor, RECORD_POSITION)
      const rows = await store.audit.list({
        limit: limit + 1,
        ...(position !== undefined && { before: Number(position[0]) }),
      })
      const { page, nextCursor } = toPage(rows, limit, ({ id }) => [id])
      return succeed({ records: page.map(viewRecord), nextCursor })
    },
  )
}

function viewIncident(incident: Incident, now: number): Static<typeof IncidentSchema> {
  const { beganAt, endedAt, endedBy, ...rest } = incident
  const until = endedBy === null ? now : endedAt
  return {
    ...rest,
    beganAt: iso(beganAt),
    endedAt: isoOrNull(endedAt),
    endedBy,
    durationMs: until === null ? null : Math.max(0, until - beganAt),
  }
}

function viewRecord({ at, ...record }: AuditRecord): Static<typeof AuditRecordSchema> {
  return { ...record, at: iso(at) }
}
