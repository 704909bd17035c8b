import { cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { type DocsSection, readDocsSection } from '@bemore/testing'

const PAGE = fileURLToPath(new URL('../../../../../docs/reliability.md', import.meta.url))

/** The place for the table in docs/reliability.md. @throws Error when there is none */
export function readTableSection(): Promise<DocsSection> {
  return readDocsSection(PAGE, 'chaos')
}

export function writeTable(
  section: DocsSection,
  table: string,
  conditions: readonly string[],
): Promise<void> {
  const facts = conditions.map((fact) => `- ${fact}`).join('\n')
  return section.write(`${facts}\n\n${table}`)
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
