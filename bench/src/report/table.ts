import type { Row } from './rows.js'

const HEADINGS = ['', 'unit', 'BeMore', 'Express + ws', 'ratio', 'target', 'met']

/** The rows as a Markdown table: as good to read in a terminal as in the docs. */
export function renderTable(rows: readonly Row[]): string {
  const lines = [HEADINGS, ...rows.map(toCells)]
  const widths = HEADINGS.map((_, column) =>
    Math.max(3, ...lines.map((cells) => cells[column]!.length)),
  )
  const render = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => pad(cell, widths[column]!, column)).join(' | ')} |`
  const rule = widths.map((width, column) =>
    isNumeric(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  )
  return [
    render(HEADINGS),
    `| ${rule.join(' | ')} |`,
    ...rows.map((row) => render(toCells(row))),
  ].join('\n')
}

function toCells({ metric, unit, bemore, comparison, ratio, target, met }: Row): string[] {
  return [
    metric,
    unit,
    toText(bemore),
    comparison === null ? '–' : toText(comparison),
    ratio === null ? '–' : `${ratio.toFixed(1)}×`,
    target === '' ? '–' : target,
    met === null ? '' : met ? 'yes' : 'NO',
  ]
}

/** Three significant digits; a benchmark on a shared machine has no fourth. */
function toText(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}

const isNumeric = (column: number) => column >= 2 && column <= 4

const pad = (cell: string, width: number, column: number) =>
  isNumeric(column) ? cell.padStart(width) : cell.padEnd(width)
