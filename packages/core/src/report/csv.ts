import { EMOTIONS } from '@bemore/protocol'
import type { SessionReport } from './schema/report-schema.js'
import type { TimelineEntry } from './schema/timeline-schema.js'
import type { ReportedUtterance } from './schema/words-schema.js'

/** The first two are what the web client asks for. */
export const CSV_KINDS = ['vad', 'emotion', 'voice', 'utterances'] as const
export type CsvKind = (typeof CSV_KINDS)[number]

type Column<Row> = readonly [name: string, value: (row: Row) => number | string | null | undefined]
type EntryColumn = Column<TimelineEntry>

const TIME: readonly EntryColumn[] = [
  ['window', ({ window }) => window],
  ['time', ({ timestamp }) => new Date(timestamp).toISOString()],
  ['t_ms', ({ t }) => t],
]

const QUALITY: readonly EntryColumn[] = [
  ['confidence', ({ confidence }) => confidence],
  ['quality', ({ quality }) => quality],
  ['coverage', ({ coverage }) => coverage],
  ['frames', ({ frameCount }) => frameCount],
  ['sources', ({ sources }) => sources.join(' ')],
]

const VAD: readonly EntryColumn[] = [
  ...TIME,
  ['valence', ({ valence }) => valence],
  ['arousal', ({ arousal }) => arousal],
  ['dominance', ({ dominance }) => dominance],
  ...QUALITY,
]

const EMOTION: readonly EntryColumn[] = [
  ...TIME,
  ['emotion', ({ emotion }) => emotion],
  ...EMOTIONS.map((label): EntryColumn => [label, (entry) => entry.probabilities?.[label]]),
  ...QUALITY,
]

const VOICE: readonly EntryColumn[] = [
  ...TIME,
  ['speech_ms', ({ voice }) => voice?.speechMs],
  ['speaking_ratio', ({ voice }) => voice?.speakingRatio],
  ['pauses', ({ voice }) => voice?.pauseCount],
  ['arousal', ({ voice }) => voice?.arousal],
]

const UTTERANCES: readonly Column<ReportedUtterance>[] = [
  ['time', ({ timestamp }) => new Date(timestamp).toISOString()],
  ['t_ms', ({ t }) => t],
  ['language', ({ language }) => language],
  ['emotion', ({ emotion }) => emotion],
  ['valence', ({ valence }) => valence],
  ['withheld', ({ withheld }) => (withheld ? 'yes' : 'no')],
  ['text', ({ text }) => text],
]

/**
 * A table of the report as CSV (RFC 4180: CRLF, header line). An empty field says that there was
 * nothing to measure. The table of utterances begins with a byte order mark, because its text is mostly
 * Korean and Excel takes UTF-8 without one for another encoding; the others are plain ASCII and do
 * without, because many readers make the mark a part of the first column's name.
 */
export function renderCsv(report: SessionReport, kind: CsvKind): string {
  switch (kind) {
    case 'vad':
      return renderTable(VAD, report.timeline)
    case 'emotion':
      return renderTable(EMOTION, report.timeline)
    case 'voice':
      return renderTable(
        VOICE,
        report.timeline.filter(({ voice }) => voice !== null),
      )
    case 'utterances':
      return `\uFEFF${renderTable(UTTERANCES, report.utterances)}`
  }
}

function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(([name]) => name),
    ...rows.map((row) => columns.map(([, value]) => toCell(value(row)))),
  ]
  return lines.map((line) => `${line.join(',')}\r\n`).join('')
}

/** What a spreadsheet would take for a formula, also behind spaces. */
const FORMULA = /^\s*[=+\-@\t\r\n＝＋－＠]/

function toCell(value: number | string | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
