/** A Markdown table: as good to read in a terminal as in the docs. */
export function renderMarkdown(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  isNumeric: (column: number) => boolean,
): string {
  const lines = [headings, ...rows]
  const widths = headings.map((_, column) =>
    Math.max(3, ...lines.map((cells) => cells[column]!.length)),
  )
  const pad = (cell: string, column: number) =>
    isNumeric(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)
  const render = (cells: readonly string[]) => `| ${cells.map(pad).join(' | ')} |`
  const rule = widths.map((width, column) =>
    isNumeric(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  )
  return [render(headings), `| ${rule.join(' | ')} |`, ...rows.map(render)].join('\n')
}

/** Three significant digits; a benchmark on a shared machine has no fourth. */
export function toText(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}
