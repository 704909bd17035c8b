import { readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

const PAGE = fileURLToPath(new URL('../../../../../docs/reliability.md', import.meta.url))
const BEGIN = '<!-- chaos:begin -->'
const END = '<!-- chaos:end -->'

/** docs/reliability.md around the place for the table; the words there stay a person's. */
export interface DocsPage {
  readonly before: string
  readonly after: string
}

/** @throws Error when the page has no place for the table: better known before it is measured */
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
  conditions: readonly string[],
): Promise<void> {
  const facts = conditions.map((fact) => `- ${fact}`).join('\n')
  await writeFile(PAGE, `${before}\n${facts}\n\n${table}\n${after}`)
}

/** What a figure cannot be read without. To be called before the load begins. */
export function describeConditions(
  argv: readonly string[],
  sessions: number,
  fps: number,
): string[] {
  const processors = cpus()
  const gigabytes = Math.round(totalmem() / 1024 ** 3)
  return [
    `Machine: ${processors.length} × ${processors[0]?.model ?? 'unknown processor'}, ${gigabytes} GB, ${process.platform}; load average before the run ${(loadavg()[0] ?? 0).toFixed(2)}`,
    `Node.js: ${process.version}`,
    `Load: ${sessions} sessions of ${fps} frames a second, 20 REST requests a second`,
    `Command: \`${['npm run chaos', ...(argv.length === 0 ? [] : ['--', ...argv])].join(' ')}\``,
    `Date: ${new Date().toISOString().slice(0, 10)}`,
  ]
}
