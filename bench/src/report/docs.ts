import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { RunConditions } from './machine.js'

const PAGE = fileURLToPath(new URL('../../../../docs/performance.md', import.meta.url))
const BEGIN = '<!-- bench:begin -->'
const END = '<!-- bench:end -->'

/** docs/performance.md around the place for the figures; the words there stay a person's. */
export interface DocsPage {
  readonly before: string
  readonly after: string
}

/** @throws Error when the page has no place for the figures: better known before they are measured */
export async function readDocsPage(): Promise<DocsPage> {
  const page = await readFile(PAGE, 'utf8')
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`${PAGE} has no ${BEGIN} … ${END}`)
  return { before: page.slice(0, begin + BEGIN.length), after: page.slice(end) }
}

export async function writeDocsPage(
  { before, after }: DocsPage,
  table: string,
  run: RunConditions,
): Promise<void> {
  await writeFile(PAGE, `${before}\n${renderSection(table, run)}\n${after}`)
}

function renderSection(table: string, run: RunConditions): string {
  const facts = [
    `Machine: ${run.machine}; ${run.pinning}`,
    `Load average before the run: ${run.otherLoad.toFixed(2)}`,
    `Node.js: ${run.node}`,
    `Command: \`${run.command}\``,
    `Date: ${run.date}`,
  ]
  return `${facts.map((fact) => `- ${fact}`).join('\n')}\n\n${table}`
}
