import type { Language } from '@bemore/protocol'
import { REPORT_POLICY } from '@bemore/report-render'
import Type, { type Static } from 'typebox'
import { failures, SESSION_FAILURES } from '../http/envelope.js'
import { negotiateLanguage } from '../http/language.js'
import { TAGS } from '../plugins/openapi.js'
import type { ReplyWithReport } from '../reports/report-reply.js'
import { SessionIdSchema } from '../sessions/session-view.js'
import type { Routes } from './context.js'

const Params = Type.Object({ id: SessionIdSchema })
const LanguageSchema = (description: string) =>
  Type.Optional(Type.Union([Type.Literal('en'), Type.Literal('ko')], { description }))
const Query = Type.Object({
  language: LanguageSchema(
    'Of the document; else as Accept-Language asks, else as the session started',
  ),
  lang: LanguageSchema('The same by a shorter name'),
})

const CHANGES =
  'While the session runs it says so and holds all that was seen until now. The ETag changes when, and only when, the document does. `X-BeMore-Stale: true`: the database is away, so this may be older than what it holds.'

/** Not to be framed either, which a page cannot say of itself in a `meta`. */
const PAGE_POLICY = `${REPORT_POLICY}; frame-ancestors 'none'`

/** The report for people: as a page, and as a file to keep or to print. */
export function registerReportDocumentRoutes(app: Routes, replyWithReport: ReplyWithReport): void {
  const schemaOf = (summary: string, mediaType: string, content: Type.TSchema) => ({
    ...{ tags: [TAGS.report], summary, description: CHANGES, params: Params, querystring: Query },
    response: {
      200: { description: summary, content: { [mediaType]: { schema: content } } },
      304: Type.Null({ description: 'Not changed since the reply with this ETag' }),
      ...failures('VALIDATION_FAILED', ...SESSION_FAILURES),
    },
  })

  app.get(
    '/:id/report.html',
    {
      config: { access: 'session' },
      schema: schemaOf('The report as a page', 'text/html', Type.String()),
    },
    (request, reply) =>
      replyWithReport(request, reply, {
        ...{ sessionId: request.params.id, kind: 'html', policy: PAGE_POLICY },
        language: chooseLanguage(request.query, request.headers['accept-language']),
      }),
  )

  app.get(
    '/:id/report/pdf',
    {
      config: { access: 'session' },
      schema: schemaOf(
        'The report as a PDF',
        'application/pdf',
        Type.String({ contentEncoding: 'binary' }),
      ),
    },
    (request, reply) =>
      replyWithReport(request, reply, {
        ...{ sessionId: request.params.id, kind: 'pdf' },
        language: chooseLanguage(request.query, request.headers['accept-language']),
        fileName: `bemore-report-${request.params.id}.pdf`,
      }),
  )
}

function chooseLanguage(query: Static<typeof Query>, header: string | undefined): Language | null {
  return query.language ?? query.lang ?? negotiateLanguage(header)
}
