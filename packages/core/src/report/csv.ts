import type { SessionReport, TimelineEntry } from './report-schema.js'

export const CSV_KINDS = ['vad', 'emotion'] as const
export type CsvKind = (typeof CSV_KINDS)[number]

type Column = readonly [name: string, value: (entry: TimelineEntry) => number | string | null]

const TIME: readonly Column[] = [
  ['window', (entry) => entry.window],
  ['time', (entry) => new Date(entry.timestamp).toISOString()],
  ['t_ms', (entry) => entry.t],
]

const QUALITY: readonly Column[] = [
  ['confidence', (entry) => entry.confidence],
  ['quality', (entry) => entry.quality],
  ['coverage', (entry) => entry.coverage],
  ['frames', (entry) => entry.frameCount],
]

const LABELS = ['happy', 'sad', 'angry', 'fearful', 'surprised', 'disgusted', 'neutral']

const COLUMNS: Readonly<Record<CsvKind, readonly Column[]>> = {
  vad: [
    ...TIME,
    ['valence', (entry) => entry.valence],
    ['arousal', (entry) => entry.arousal],
    ['dominance', (entry) => entry.dominance],
    ...QUALITY,
  ],
  emotion: [
    ...TIME,
    ['emotion', (entry) => entry.emotion],
    ...LABELS.map((label): Column => [label, (entry) => entry.probabilities?.[label] ?? null]),
    ...QUALITY,
  ],
}

/**
 * The report's timeline as CSV (RFC 4180: CRLF, header line). An empty field says that there was
 * nothing to measure. Every value is a number, a label or a time of ours: none can be a formula.
 */
export function renderCsv(report: SessionReport, kind: CsvKind): string {
  const columns = COLUMNS[kind]
  const rows = [
    columns.map(([name]) => name),
    ...report.timeline.map((entry) => columns.map(([, value]) => value(entry) ?? '')),
  ]
  return rows.map((row) => `${row.join(',')}\r\n`).join('')
}
