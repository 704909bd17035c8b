import { type ApiConfig, createTally, type Logger, type Metrics } from '@bemore/ops'
import type { Bus, Store } from '@bemore/store'
import { createFiguresReader, type FiguresReader } from '../history/figures-reader.js'
import { createLiveChannelFinder } from '../sessions/live-channels.js'
import { createSessionEnding, type SessionEnding } from '../sessions/session-ending.js'
import { createCatchUp } from './catch-up.js'
import { createEndWatch } from './end-watch.js'
import { createPdfRendering } from './pdf-rendering.js'
import { createReportCache } from './report-cache.js'
import { createReportReader, type ReportReader } from './report-reader.js'
import { createWindowFlush } from './window-flush.js'

/** What becomes of sessions: their end, their reports, and the figures that are looked back upon. */
export interface Reports {
  readonly ending: SessionEnding
  readonly reports: ReportReader
  readonly figures: FiguresReader
}

export function createReports(deps: {
  readonly config: ApiConfig
  readonly log: Logger
  readonly store: Store
  readonly bus: Bus
  readonly metrics: Metrics
  readonly producer: string
  now(): number
}): Reports {
  const { config, log, store, bus, metrics, producer, now } = deps
  const timeoutMs = config.flushTimeoutMs
  const eventLimit = config.reportEventLimit
  const findLiveChannels = createLiveChannelFinder(store, config.staleMs)
  const ending = createSessionEnding({
    ...{ store, bus, log, findLiveChannels, timeoutMs, producer, now },
  })
  const flushWindows = createWindowFlush({ bus, findLiveChannels, timeoutMs })
  const waitForEnd = createEndWatch({ store, bus, ending, holdMs: config.endHoldMs })
  const figures = createFiguresReader({ store, log, eventLimit })
  const cache = createReportCache({
    maxEntries: config.reportCacheEntries,
    maxBytes: config.reportCacheBytes,
  })
  const served = createTally()
  metrics.gauge('bemore_report_cache_entries', 'Reports kept', () => cache.size)
  metrics.gauge('bemore_report_cache_bytes', 'Memory they take', () => cache.bytes)
  metrics.counters(
    'bemore_reports_served_total',
    'Reports by where they came from: memory, memory confirmed by the database, the log, or stale',
    ['source'],
    () => served.samples(),
  )
  const reports = createReportReader({
    ...{ store, bus, cache, figures, eventLimit },
    catchUp: createCatchUp({ store, ending, flushWindows, waitForEnd, timeoutMs }),
    renderPdf: createPdfRendering({
      concurrency: config.pdfConcurrency,
      timeoutMs: config.pdfTimeoutMs,
    }),
    onServed: (source) => served.add(source),
  })
  return { ending, reports, figures }
}
