import type { ReportLanguage, SessionEvent } from '@bemore/core'
import { type Bus, type SessionRow, type Store, StoreError } from '@bemore/store'
import type { FiguresReader } from '../history/figures-reader.js'
import { ApiError } from '../http/api-error.js'
import type { CatchUp } from './catch-up.js'
import { createComparedSessions } from './compared-sessions.js'
import { createEarlierSessions, NOTHING_EARLIER } from './earlier-sessions.js'
import type { RenderPdf } from './pdf-rendering.js'
import type { ReportCache } from './report-cache.js'
import {
  REPORT_KINDS,
  type ReportContent,
  type ReportKind,
  renderPdfReport,
  renderReport,
} from './report-kind.js'
import { createSharedReads } from './shared-read.js'
import { readWholeLog } from './whole-log.js'

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

const COMPARING: ReadonlySet<ReportKind> = new Set(['report', 'html', 'pdf'])
const LANGUAGES = ['en', 'ko', null] as const

type ReportName = readonly [sessionId: string, kind: ReportKind, language: ReportLanguage | null]

function keyOf(...[sessionId, kind, language]: ReportName): string {
  return `${sessionId} ${kind} ${language ?? 'own'}`
}

export function createReportReader(deps: ReportReaderDeps): ReportReader {
  const { store, bus, cache, catchUp, renderPdf, eventLimit } = deps
  const { onServed = () => {} } = deps
  const earlierSessions = createEarlierSessions({ store, figures: deps.figures })
  const compared = createComparedSessions({ bus, store })
  const shareLog = createSharedReads<readonly SessionEvent[]>()
  const shareReport = createSharedReads<ReportContent>()

  const forget = (sessionId: string) => {
    compared.tell(sessionId)
    for (const kind of REPORT_KINDS) {
      for (const language of LANGUAGES) cache.delete(keyOf(sessionId, kind, language))
    }
  }

  /** Only the report as a whole compares. */
  const earlierOf = async (kind: ReportKind, session: SessionRow) =>
    COMPARING.has(kind) ? earlierSessions(session) : NOTHING_EARLIER

  const build = async (
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
