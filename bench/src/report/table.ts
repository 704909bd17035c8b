import { renderMarkdown, toText } from './markdown.js'
import type { Row } from './rows.js'

const HEADINGS = ['', 'unit', 'BeMore', 'Express + ws', 'ratio', 'target', 'met']

export function renderTable(rows: readonly Row[]): string {
  return renderMarkdown(HEADINGS, rows.map(toCells), (column) => column >= 2 && column <= 4)
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
