/** One PDF, in a thread of its own; see `pdf-rendering.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import type { SessionReport } from '@bemore/core'
import { loadReportFonts, renderReportPdf } from '@bemore/report-render'
import type { RenderedPdf } from './pdf-rendering.js'

const report = workerData as SessionReport
const bytes = await renderReportPdf(report, report.language, await loadReportFonts())
const rendered: RenderedPdf = { bytes }
parentPort?.postMessage(rendered)
