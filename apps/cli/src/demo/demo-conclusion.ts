import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { SessionReport } from '@bemore/core'
import type { Palette } from '../palette.js'
import { hasFailed } from './check.js'
import type { DemoClient } from './demo-client.js'
import { renderChecks, renderFrames, renderReport } from './demo-report.js'
import type { DemoTally } from './demo-tally.js'
import { checksOf, judgeReport } from './demo-verdict.js'
import type { DialoguePlan } from './dialogue-plan.js'
import type { SpokenTally } from './spoken-tally.js'
import { judgeSpoken } from './spoken-verdict.js'

export interface DemoEvidence {
  readonly tally: DemoTally
  /** When the portrait was last shown, ms since the start of the session. */
  readonly portraitMs: number
  readonly words: DialoguePlan
  readonly spoken: SpokenTally
}

export interface Conclusion {
  readonly report: SessionReport
  /** Null where the server has none. */
  readonly page: string | null
  readonly isGood: boolean
  /** For a terminal. */
  texts(paint: Palette): string[]
}

/** Holds what an ended session's documents say against what was seen, heard and said live. */
export async function conclude(
  client: DemoClient,
  sessionId: string,
  { tally, portraitMs, words, spoken }: DemoEvidence,
): Promise<Conclusion> {
  const report = await client.report(sessionId)
  const page = await client.reportPage(sessionId)
  const documents = [
    { name: 'report', text: JSON.stringify(report) },
    { name: 'export with its log', text: await client.exported(sessionId) },
    ...(page === null ? [] : [{ name: 'page', text: page }]),
  ]
  const verdict = judgeReport(report, tally, portraitMs)
  // What is shown and what the exit code says are of one list.
  const checks = [
    ...checksOf(verdict, report, tally.windows.size),
    ...judgeSpoken({ plan: words, spoken, report, documents }),
  ]
  return {
    report,
    page,
    isGood: !checks.some(hasFailed),
    texts: (paint) => [
      `\n${renderReport(report, paint)}\n`,
      renderChecks(checks, paint),
      renderFrames(tally, report),
      `  ${client.reportUrl(sessionId) ?? 'the account that was signed up for this goes, and its session with it'}`,
    ],
  }
}

/** @returns what became of the page, in a line */
export async function keepPage(page: string | null, file: string): Promise<string> {
  if (page === null) return '  this server has no page of the report (404): none was written'
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, page)
  return `  page: ${file}`
}
