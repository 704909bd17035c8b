import type { ReportLanguage } from '@bemore/core'
import { type Bus, type Store, StoreError } from '@bemore/store'
import type { FiguresReader } from '../history/figures-reader.js'
import { ApiError } from '../http/api-error.js'
import type { CatchUp } from './catch-up.js'
import { createComparedSessions } from './compared-sessions.js'
import type { RenderPdf } from './pdf-rendering.js'
import { createReportBuilder } from './report-building.js'
import type { ReportCache } from './report-cache.js'
import { REPORT_KINDS, type ReportContent, type ReportKind } from './report-kind.js'
import { keyOf, type ReportName } from './report-name.js'
import { createSharedReads } from './shared-read.js'

/**
 * Serves reports from the log, or from memory where memory is known to be right.
 * - Kept reports are held on the bus; a hint that the log has grown marks them behind. While the bus
 *   listens, a kept report of an ended session that is not behind needs no database.
 * - The sessions a report is compared with are held, too, and it is dropped once one of them changes.
 * - While the bus does not listen, hints may be missed, so `last_seq` is asked of the database.
 * - While there is no database either, a kept report is better than none, and is called stale.
 */
export interface ReportReader {
  /** What memory alone may answer now. */
  peek(
    sessionId: string,
    kind: ReportKind,
    language: ReportLanguage | null,
  ): ReportContent | undefined
  /**
   * @param options.awaitsEnd of a running session: an end that comes in a moment is waited for
   * @throws ApiError SESSION_NOT_FOUND
   * @throws ApiError OVERLOADED for a PDF while as many are being made as may be
   * @throws StoreError when the database is away and nothing is kept
   */
  read(
    sessionId: string,
    kind: ReportKind,
    language: ReportLanguage | null,
    options?: { readonly awaitsEnd?: boolean },
  ): Promise<{ readonly report: ReportContent; readonly stale: boolean }>
  /** Drops what is kept of an erased session, and what was compared with it. */
  forget(sessionId: string): void
}

/** Where a report came from: memory, memory that the database confirmed, the log, or no longer sure. */
export type ReportSource = 'memory' | 'confirmed' | 'log' | 'stale'

export interface ReportReaderDeps {
  readonly store: Store
  readonly bus: Bus
  readonly cache: ReportCache
  readonly catchUp: CatchUp
  readonly renderPdf: RenderPdf
  readonly figures: FiguresReader
  /** Longest log that is folded. */
  readonly eventLimit: number
  readonly onServed?: (source: ReportSource) => void
}

const LANGUAGES = ['en', 'ko', null] as const

export function createReportReader(deps: ReportReaderDeps): ReportReader {
  const { store, bus, cache, catchUp, eventLimit } = deps
  const { onServed = () => {} } = deps
  const compared = createComparedSessions({ bus, store })
  const shareReport = createSharedReads<ReportContent>()

  const forget = (sessionId: string) => {
    compared.tell(sessionId)
    for (const kind of REPORT_KINDS) {
      for (const language of LANGUAGES) cache.delete(keyOf(sessionId, kind, language))
    }
  }

  const build = createReportBuilder({
    ...{ store, bus, cache, compared, forget, eventLimit },
    ...{ figures: deps.figures, renderPdf: deps.renderPdf },
  })

  const readFresh = async (of: ReportName, awaitsEnd: boolean): Promise<ReportContent> => {
    const [sessionId, kind, language] = of
    const session = await catchUp(sessionId, awaitsEnd)
    if (session === null) {
      forget(sessionId)
      throw new ApiError('SESSION_NOT_FOUND')
    }
    const kept = cache.get(keyOf(...of))
    const isRight =
      kept !== undefined &&
      kept.seq === session.lastSeq &&
      (await compared.areUnchanged(kept.compared))
    const report = isRight
      ? kept
      : await shareReport(keyOf(...of), () => build(session, kind, language))
    onServed(isRight ? 'confirmed' : 'log')
    return report
  }

  return {
    forget,
    peek(...of) {
      if (bus.state !== 'listening') return undefined
      const kept = cache.get(keyOf(...of))
      if (kept?.ended !== true || kept.isBehind()) return undefined
      onServed('memory')
      return kept
    },
    async read(sessionId, kind, language, { awaitsEnd = false } = {}) {
      const of: ReportName = [sessionId, kind, language]
      try {
        return { report: await readFresh(of, awaitsEnd), stale: false }
      } catch (error) {
        const kept = cache.get(keyOf(...of))
        if (kept === undefined || !(error instanceof StoreError)) throw error
        // What an ended session's log grows by may be a withdrawal: better no report than that one.
        if (kept.ended && kept.isBehind()) throw error
        onServed('stale')
        return { report: kept, stale: true }
      }
    },
  }
}
