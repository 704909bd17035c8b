import type { ReportLanguage } from '@bemore/core'
import type { ReportKind } from './report-kind.js'

export type ReportName = readonly [
  sessionId: string,
  kind: ReportKind,
  language: ReportLanguage | null,
]

/** What a report is kept under. */
export function keyOf(...[sessionId, kind, language]: ReportName): string {
  return `${sessionId} ${kind} ${language ?? 'own'}`
}
