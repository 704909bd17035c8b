import { fileURLToPath } from 'node:url'
import { type DocsSection, readDocsSection } from '@bemore/testing'
import type { RunConditions } from './machine.js'

const PAGE = fileURLToPath(new URL('../../../../docs/performance.md', import.meta.url))

/** The place for the figures in docs/performance.md. @throws Error when there is none */
export function readFigureSection(): Promise<DocsSection> {
  return readDocsSection(PAGE, 'bench')
}

export function writeFigures(
  section: DocsSection,
  table: string,
  run: RunConditions,
): Promise<void> {
  return section.write(renderSection(table, run))
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
