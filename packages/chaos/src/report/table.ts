import type { Row } from './row.js'

const HEADINGS = [
  'fault',
  'what users saw',
  'detected after',
  'cause code',
  "doctor's verdict",
  'recovered after',
  'frames acknowledged / lost',
  'windows lost',
  'failed requests',
]

/** The rows as a Markdown table; a cell with a target missed ends in **✗**. */
export function renderTable(rows: readonly Row[]): string {
  const lines = [HEADINGS, ...rows.map(toCells)]
  const widths = HEADINGS.map((_, column) =>
    Math.max(3, ...lines.map((cells) => cells[column]?.length ?? 0)),
  )
  const render = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [render(HEADINGS), rule, ...rows.map((row) => render(toCells(row)))].join('\n')
}

const NOTHING = '–'

function toCells(row: Row): string[] {
  const { frames, windows, requests, verdict, missed } = row
  const mark = (prefix: string) =>
    missed.some((words) => words.startsWith(prefix)) ? ' **✗**' : ''
  const others = missed.filter((words) => !COLUMN_PREFIXES.some((own) => words.startsWith(own)))
  return [
    row.title + (others.length > 0 ? ` **✗ ${others.join('; ')}**` : ''),
    row.usersSaw,
    toSeconds(row.detectedAfterMs) + mark('detection'),
    row.detectedAs === null ? NOTHING : code(row.detectedAs),
    (verdict === null ? NOTHING : code(verdict)) + mark('doctor'),
    toSeconds(row.recoveredAfterMs) + mark('recovery'),
    (frames === null ? NOTHING : `${frames.acknowledged} / ${frames.lost}`) + mark('frames'),
    windows === null ? NOTHING : `${windows.lost} of ${windows.of}`,
    (requests === null
      ? NOTHING
      : `${requests.failed} failed, ${requests.refused} refused of ${requests.of}`) +
      mark('requests'),
  ]
}

/** What a missed target begins with, where a column of the table shows it. */
const COLUMN_PREFIXES = ['detection', 'doctor', 'recovery', 'frames', 'requests'] as const

const code = (words: string) => (/^[A-Z_]+$/.test(words) ? `\`${words}\`` : words)

const toSeconds = (ms: number | null) => (ms === null ? NOTHING : `${(ms / 1_000).toFixed(1)} s`)
