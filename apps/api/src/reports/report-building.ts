import type { ReportLanguage, SessionEvent } from '@bemore/core'
import type { Bus, SessionRow, Store } from '@bemore/store'
import type { FiguresReader } from '../history/figures-reader.js'
import { ApiError } from '../http/api-error.js'
import type { ComparedSessions } from './compared-sessions.js'
import { createEarlierSessions, NOTHING_EARLIER } from './earlier-sessions.js'
import type { RenderPdf } from './pdf-rendering.js'
import type { ReportCache } from './report-cache.js'
import {
  type ReportContent,
  type ReportKind,
  renderPdfReport,
  renderReport,
} from './report-kind.js'
import { keyOf } from './report-name.js'
import { createSharedReads } from './shared-read.js'
import { readWholeLog } from './whole-log.js'

/**
 * Makes a report of the log as it is, and keeps it with holds on all that it tells of: its session and
 * those it is compared with.
 * @throws ApiError SESSION_NOT_FOUND, OVERLOADED @throws StoreError
 */
export type BuildReport = (
  session: SessionRow,
  kind: ReportKind,
  language: ReportLanguage | null,
) => Promise<ReportContent>

export interface ReportBuilderDeps {
  readonly store: Store
  readonly bus: Bus
  readonly cache: ReportCache
  readonly compared: ComparedSessions
  readonly figures: FiguresReader
  readonly renderPdf: RenderPdf
  /** Longest log that is folded. */
  readonly eventLimit: number
  /** Drops what is kept of an erased session. */
  forget(sessionId: string): void
}

const COMPARING: ReadonlySet<ReportKind> = new Set(['report', 'html', 'pdf'])

export function createReportBuilder(deps: ReportBuilderDeps): BuildReport {
  const { store, bus, cache, compared, renderPdf, eventLimit, forget } = deps
  const earlierSessions = createEarlierSessions({ store, figures: deps.figures })
  const shareLog = createSharedReads<readonly SessionEvent[]>()

  /** Only the report as a whole compares. */
  const earlierOf = async (kind: ReportKind, session: SessionRow) =>
    COMPARING.has(kind) ? earlierSessions(session) : NOTHING_EARLIER

  return async (
    session: SessionRow,
    kind: ReportKind,
    language: ReportLanguage | null,
  ): Promise<ReportContent> => {
    const { id: sessionId } = session
    const key = keyOf(sessionId, kind, language)
    let latest = 0
    let erased = false
    // Older than the read, so that growth between the read and the keeping is hinted at.
    const hold = bus.hold(sessionId, 0, (lastSeq) => {
      if (lastSeq !== null) latest = lastSeq
      else {
        erased = true
        forget(sessionId)
      }
    })
    const releases = [() => hold.release()]
    const release = () => {
      for (const each of releases) each()
    }
    try {
      const events = await shareLog(sessionId, () => readWholeLog(store.log, sessionId, eventLimit))
      const earlier = await earlierOf(kind, session)
      let isOver = false
      releases.push(
        compared.hold(earlier.sessions, () => {
          isOver = true
          cache.delete(key)
        }),
      )
      const content =
        kind === 'pdf'
          ? await renderPdfReport(events, language, earlier.figures, renderPdf)
          : renderReport(kind, events, language, earlier.figures)
      if (content === null || erased) throw new ApiError('SESSION_NOT_FOUND')
      hold.advance(content.seq)
      if (isOver) release()
      else {
        const isBehind = () => latest > content.seq
        cache.set(key, { ...content, isBehind, release, compared: earlier.sessions })
      }
      return content
    } catch (error) {
      release()
      throw error
    }
  }
}
