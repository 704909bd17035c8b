import {
  CSV_KINDS,
  type CsvKind,
  foldReport,
  foldSummary,
  type ReportLanguage,
  renderCsv,
  type SessionEvent,
  type SessionFigures,
  type SessionReport,
  SessionReportSchema,
  type SessionSummary,
  SessionSummarySchema,
  TimelineEntrySchema,
  WINDOW_MS,
} from '@bemore/core'
import { SessionStatusSchema } from '@bemore/protocol'
import { renderReportHtml } from '@bemore/report-render'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { succeed } from '../http/envelope.js'
import { fingerprint } from '../http/fingerprint.js'
import type { RenderPdf } from './pdf-rendering.js'

/** What can be asked about a session; each is a fold of its log. */
export type ReportKind = 'report' | 'summary' | 'timeline' | 'html' | 'pdf' | `csv-${CsvKind}`
export const REPORT_KINDS: readonly ReportKind[] = [
  ...(['report', 'summary', 'timeline', 'html', 'pdf'] as const),
  ...CSV_KINDS.map((kind) => `csv-${kind}` as const),
]

export const TimelineSchema = Type.Object({
  sessionId: Type.String(),
  seq: Type.Integer({ minimum: 1 }),
  status: SessionStatusSchema,
  interim: Type.Boolean({ description: 'The session had not ended: later windows will follow' }),
  windowMs: Type.Integer({ description: 'Length of a window, ms' }),
  timeline: Type.Array(TimelineEntrySchema),
})

/** A fold in the bytes it travels as. */
export interface ReportContent {
  readonly body: Buffer
  readonly contentType: string
  /** The log up to here is what it was made of. */
  readonly seq: number
  /** Digest of the earlier sessions it is compared with; empty where there are none. */
  readonly beside: string
  /** Nothing but late windows, or erasure, will change it. */
  readonly ended: boolean
}

/** Of the digest of what it is compared with: enough to tell two apart. */
const DIGEST_CHARS = 12
const JSON_TYPE = 'application/json; charset=utf-8'
const CSV_TYPE = 'text/csv; charset=utf-8'
const HTML_TYPE = 'text/html; charset=utf-8'
const PDF_TYPE = 'application/pdf'

const isReport = Compile(SessionReportSchema)
const isSummary = Compile(SessionSummarySchema)

/**
 * @param events the whole log of one session
 * @param earlier figures of the same person's sessions before it
 * @returns null for an empty log
 * @throws Error when the fold does not fit its schema: the web client crashes as a whole on some wrong
 * shapes, so a failure is the lesser harm
 */
export function renderReport(
  kind: Exclude<ReportKind, 'pdf'>,
  events: readonly SessionEvent[],
  language: ReportLanguage | null,
  earlier: readonly SessionFigures[],
): ReportContent | null {
  if (kind === 'summary') {
    const summary = foldSummary(events, language, { earlier })
    if (summary === null) return null
    return toContent(summary, toJson(assertFits(isSummary, summary)), JSON_TYPE, earlier)
  }
  const report = foldChecked(events, language, earlier)
  if (report === null) return null
  if (kind === 'report') return toContent(report, toJson(report), JSON_TYPE, earlier)
  if (kind === 'timeline')
    return toContent(report, toJson(pickTimeline(report)), JSON_TYPE, earlier)
  if (kind === 'html') {
    return toContent(report, renderReportHtml(report, report.language), HTML_TYPE, earlier)
  }
  return toContent(report, renderCsv(report, csvKindOf(kind)), CSV_TYPE, earlier)
}

/** The same as a PDF, which takes too long for the thread that answers requests. */
export async function renderPdfReport(
  events: readonly SessionEvent[],
  language: ReportLanguage | null,
  earlier: readonly SessionFigures[],
  renderPdf: RenderPdf,
): Promise<ReportContent | null> {
  const report = foldChecked(events, language, earlier)
  if (report === null) return null
  return { ...toContent(report, '', PDF_TYPE, earlier), body: await renderPdf(report) }
}

function foldChecked(
  events: readonly SessionEvent[],
  language: ReportLanguage | null,
  earlier: readonly SessionFigures[],
): SessionReport | null {
  const report = foldReport(events, language, { earlier })
  return report && assertFits(isReport, report)
}

function csvKindOf(kind: `csv-${CsvKind}`): CsvKind {
  return kind.slice('csv-'.length) as CsvKind
}

const toJson = (data: unknown) => JSON.stringify(succeed(data))

function toContent(
  { seq, interim }: SessionReport | SessionSummary,
  text: string,
  contentType: string,
  earlier: readonly SessionFigures[],
): ReportContent {
  const beside = earlier.length === 0 ? '' : fingerprint(earlier).slice(0, DIGEST_CHARS)
  return { body: Buffer.from(text), contentType, seq, beside, ended: !interim }
}

function pickTimeline(report: SessionReport): Static<typeof TimelineSchema> {
  const { sessionId, seq, status, interim, timeline } = report
  return { sessionId, seq, status, interim, windowMs: WINDOW_MS, timeline }
}

function assertFits<Fold>(
  validator: { Check(value: unknown): boolean; Errors(value: unknown): { instancePath: string }[] },
  fold: Fold,
): Fold {
  if (validator.Check(fold)) return fold
  const where = validator.Errors(fold).map(({ instancePath }) => instancePath)
  throw new Error(`a report does not fit its schema at ${where.slice(0, 5).join(', ')}`)
}
