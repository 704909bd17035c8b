import type { ReportLanguage } from '@bemore/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { matchesEntityTag } from '../http/entity-tag.js'
import type { ReportContent, ReportKind } from './report-kind.js'
import type { ReportReader } from './report-reader.js'

/** A report, as a request wants it. */
export interface ReportWish {
  readonly sessionId: string
  readonly kind: ReportKind
  readonly language: ReportLanguage | null
  /** Of a running session: an end that comes in a moment is waited for. */
  readonly awaitsEnd?: boolean
  /** Where it is a page: its content security policy. */
  readonly policy?: string
  /** Where it is a download. */
  readonly fileName?: string
}

/** Answers with a report; at once, without a promise, where memory has it. */
export type ReplyWithReport = (
  request: FastifyRequest,
  reply: FastifyReply,
  wish: ReportWish,
) => Promise<void> | undefined

/** Body of a kept report: the flag goes where the envelope begins. */
const ENVELOPE_START = '{"success":true,'

/**
 * These are the hottest replies of the API: a kept report is sent as the bytes it is kept in, and a
 * matching If-None-Match sends none.
 * @param build names the code that folds, which is part of what a reply is made of: another build,
 * another entity tag
 */
export function createReportReply(reports: ReportReader, build: string): ReplyWithReport {
  const send = (
    request: FastifyRequest,
    reply: FastifyReply,
    wish: ReportWish,
    report: ReportContent,
    stale: boolean,
  ): void => {
    const tag = `"${report.seq}${report.beside}-${wish.language ?? 'own'}-${wish.kind}-${build}"`
    reply.headers({
      etag: tag,
      'cache-control': 'private, no-cache',
      vary: 'Origin, Accept-Language',
    })
    if (wish.policy !== undefined) reply.header('content-security-policy', wish.policy)
    if (stale) markStale(reply)
    if (matchesEntityTag(request.headers['if-none-match'], tag)) {
      reply.code(304).send()
      return
    }
    if (wish.fileName !== undefined) {
      reply.header('content-disposition', `attachment; filename="${wish.fileName}"`)
    }
    reply.header('content-type', report.contentType)
    reply.send(stale ? flagStale(report) : report.body)
  }

  return (request, reply, wish) => {
    const { sessionId, kind, language, awaitsEnd = false } = wish
    const kept = reports.peek(sessionId, kind, language)
    if (kept === undefined) {
      return reports
        .read(sessionId, kind, language, { awaitsEnd })
        .then(({ report, stale }) => send(request, reply, wish, report, stale))
    }
    send(request, reply, wish, kept, false)
    return undefined
  }
}

/** The database is away: an old answer, and said to be one (RFC 9111 §5.5 for caches that read it). */
function markStale(reply: FastifyReply): void {
  reply.headers({ 'x-bemore-stale': 'true', warning: '110 - "Response is Stale"' })
}

function flagStale({ body, contentType }: ReportContent): Buffer {
  if (!contentType.startsWith('application/json')) return body
  const rest = body.subarray(ENVELOPE_START.length)
  return Buffer.concat([Buffer.from(`${ENVELOPE_START}"stale":true,`), rest])
}
