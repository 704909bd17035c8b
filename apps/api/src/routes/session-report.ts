import { CSV_KINDS, type CsvKind, SessionReportSchema, SessionSummarySchema } from '@bemore/core'
import Type from 'typebox'
import { failures, SESSION_FAILURES } from '../http/envelope.js'
import { negotiateLanguage } from '../http/language.js'
import { TAGS } from '../plugins/openapi.js'
import { type ReportKind, TimelineSchema } from '../reports/report-kind.js'
import { createReportReply } from '../reports/report-reply.js'
import { SessionIdSchema } from '../sessions/session-view.js'
import type { RouteContext, Routes } from './context.js'
import { registerReportDocumentRoutes } from './session-report-document.js'

const Params = Type.Object({ id: SessionIdSchema })
const Language = Type.Optional(
  Type.Union([Type.Literal('en'), Type.Literal('ko')], {
    description: 'Of the sentences; else as Accept-Language asks, else as the session started',
  }),
)

const INTERIM =
  'While the session runs the reply says `interim: true` and holds all that was seen until now. The ETag changes when, and only when, the reply does: repeat it in If-None-Match.'

const ReportEnvelope = (data: Type.TSchema, description: string) =>
  Type.Object(
    {
      success: Type.Literal(true),
      stale: Type.Optional(
        Type.Literal(true, {
          description: 'The database is away, so this may be older than what it holds',
        }),
      ),
      data,
    },
    { description },
  )

const OTHERS = {
  304: Type.Null({ description: 'Not changed since the reply with this ETag' }),
  ...failures('VALIDATION_FAILED', ...SESSION_FAILURES),
}

/** The schemas of the replies only document: a fold is checked against its own where it is made. */
export function registerReportRoutes(
  app: Routes,
  { reports, config, identity }: RouteContext,
): void {
  const replyWithReport = createReportReply(
    reports,
    `${identity.version}-${config.commit.slice(0, 7)}`,
  )

  const jsonRoute = (path: string, kind: ReportKind, data: Type.TSchema, summary: string) => {
    app.get(
      path,
      {
        config: { access: 'session' },
        schema: {
          tags: [TAGS.report],
          summary,
          description: INTERIM,
          params: Params,
          querystring: Type.Object({ language: Language }),
          response: { 200: ReportEnvelope(data, summary), ...OTHERS },
        },
      },
      (request, reply) =>
        replyWithReport(request, reply, {
          sessionId: request.params.id,
          kind,
          language: request.query.language ?? negotiateLanguage(request.headers['accept-language']),
        }),
    )
  }

  jsonRoute('/:id/report', 'report', SessionReportSchema, 'The report')
  jsonRoute('/:id/summary', 'summary', SessionSummarySchema, 'The summary')
  jsonRoute('/:id/report/summary', 'summary', SessionSummarySchema, 'The summary, by another name')
  jsonRoute('/:id/emotions/timeline', 'timeline', TimelineSchema, 'The windows, in order of time')

  registerReportDocumentRoutes(app, replyWithReport)

  app.get(
    '/:id/report/csv',
    {
      config: { access: 'session' },
      schema: {
        tags: [TAGS.report],
        summary: 'The timeline, or what was said, as CSV',
        description: `RFC 4180; an empty field says that there was nothing to measure. ${INTERIM}`,
        params: Params,
        querystring: Type.Object({
          kind: Type.Unsafe<CsvKind>(
            Type.Union(
              CSV_KINDS.map((kind) => Type.Literal(kind)),
              {
                default: 'vad',
                description:
                  'vad: valence, arousal, dominance; emotion: probabilities of the labels; voice: speech and pauses; utterances: what was said',
              },
            ),
          ),
        }),
        response: {
          200: { description: 'The table', content: { 'text/csv': { schema: Type.String() } } },
          ...OTHERS,
        },
      },
    },
    (request, reply) => {
      const { kind } = request.query
      const { id } = request.params
      return replyWithReport(request, reply, {
        sessionId: id,
        kind: `csv-${kind}`,
        language: null,
        fileName: `${kind}-timeline-${id}.csv`,
      })
    },
  )
}
