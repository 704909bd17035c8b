import { fileURLToPath } from 'node:url'
import { readDocsSection } from '@bemore/testing'
import type { RunConditions } from './machine.js'

const PAGE = fileURLToPath(new URL('../../../../docs/performance.md', import.meta.url))

export type FigureSection = 'bench' | 'accounts'

/** Sees that docs/performance.md has a place for the figures. @throws Error when it has none */
export async function expectFigureSections(names: readonly FigureSection[]): Promise<void> {
  for (const name of names) await readDocsSection(PAGE, name)
}

/** The page is read only now: a section may have been written since. */
export async function writeFigures(
  name: FigureSection,
  table: string,
  run: RunConditions,
): Promise<void> {
  const section = await readDocsSection(PAGE, name)
  await section.write(renderSection(table, run))
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
