import { type ReportKind, renderReport } from '../reports/report-kind.js'
import { sampleSession } from './sample-session.js'

const PAGE_START =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Session report</title>…'
const PDF_START = '%PDF-1.7…'

/**
 * What the operations that answer with a fold of the log really answer, by their ids: it is folded,
 * here and now, from the log of a sample session. Files are only begun.
 */
export const REPORT_EXAMPLES: Readonly<Record<string, () => unknown>> = {
  getSessionByIdReport: () => JSON.parse(folded('report')),
  getSessionByIdSummary: () => JSON.parse(folded('summary')),
  getSessionByIdReportSummary: () => JSON.parse(folded('summary')),
  getSessionByIdEmotionsTimeline: () => JSON.parse(folded('timeline')),
  getSessionByIdReportCsv: () => folded('csv-vad'),
  getSessionByIdReportHtml: () => PAGE_START,
  getSessionByIdReportPdf: () => PDF_START,
}

const folded = (kind: Exclude<ReportKind, 'pdf'>): string =>
  renderReport(kind, sampleSession(), 'en', [])?.body.toString() ?? ''
