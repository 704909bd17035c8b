import { runAccountStage } from './accounts/stage.js'
import { runMicro } from './micro.js'
import { type BenchOptions, parseOptions, type Stage, USAGE } from './options.js'
import { FULL, QUICK } from './plan.js'
import { renderAccounts, toAccountRows } from './report/account-rows.js'
import { expectFigureSections, type FigureSection, writeFigures } from './report/docs.js'
import { describeRun } from './report/machine.js'
import { type Results, toRows } from './report/rows.js'
import { renderTable } from './report/table.js'
import { prepareTestBed } from './servers/test-bed.js'
import { runFrameStage, runIdleStage, runReportStage, runSpeakingStage } from './stages.js'

/** @returns the exit code: 0, or 1 when --check finds a target missed, or the run failed */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(argv)
    if (options.help) console.log(USAGE)
    else if (options.micro) runMicro()
    else return await compare(options, argv)
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}

async function compare(options: BenchOptions, argv: readonly string[]): Promise<number> {
  // Progress goes to stderr, so that stdout is the table or the JSON and nothing else.
  const log = (line: string) => console.error(line)
  const sections = toSections(options.stages)
  if (options.writeDocs) await expectFigureSections(sections)
  // Leaving by `exit` takes the servers along, which a signal's default does not.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  const bed = await prepareTestBed(options.cpuProfileDir, log)
  const run = describeRun(bed.pinning, argv)
  log(`load average before the run: ${run.otherLoad.toFixed(2)}`)
  const plan = options.quick ? QUICK : FULL
  const wants = (stage: Stage) => options.stages.includes(stage)
  try {
    const idle = wants('idle')
      ? await bed.withServers({ inspect: true }, (both) => runIdleStage(both, plan, log))
      : null
    const rest = await bed.withServers({ inspect: false }, async (both) => ({
      frames: wants('frames') ? await runFrameStage(both, plan, log) : null,
      speaking: wants('speaking') ? await runSpeakingStage(both, plan, log) : null,
      reports: wants('reports') ? await runReportStage(both, plan, log) : null,
      // Last: it leaves a hundred thousand sessions behind.
      accounts: wants('accounts') ? await runAccountStage(both.bemore, plan, log) : null,
    }))
    const { accounts, ...others } = rest
    const results: Results = { idle, ...others }
    const rows = toRows(results)
    const accountRows = accounts === null ? [] : toAccountRows(accounts)
    const tables = {
      bench: renderTable(rows),
      accounts: accounts === null ? '' : renderAccounts(accounts),
    } satisfies Record<FigureSection, string>
    if (options.json) {
      console.log(JSON.stringify({ run, rows, accountRows, results, accounts }, null, 2))
    } else console.log(sections.map((name) => tables[name]).join('\n\n'))
    if (options.writeDocs) {
      for (const name of sections) await writeFigures(name, tables[name], run)
    }
    const missed = [
      ...rows
        .filter(({ met }) => met === false)
        .map(({ metric, target }) => `${metric}: ${target}`),
      ...accountRows
        .filter(({ met }) => met === false)
        .map(({ name, atMost, ratio }) => `${name}: ≤ ${atMost}× ${ratio?.beside}`),
    ]
    for (const what of missed) log(`missed: ${what}`)
    return options.check && missed.length > 0 ? 1 : 0
  } finally {
    await bed.stop()
  }
}

/** The accounts have a table of their own. */
function toSections(stages: readonly Stage[]): FigureSection[] {
  return [
    ...(stages.some((stage) => stage !== 'accounts') ? (['bench'] as const) : []),
    ...(stages.includes('accounts') ? (['accounts'] as const) : []),
  ]
}
