import { runMicro } from './micro.js'
import { type BenchOptions, parseOptions, type Stage, USAGE } from './options.js'
import { FULL, QUICK } from './plan.js'
import { readFigureSection, writeFigures } from './report/docs.js'
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
  const section = options.writeDocs ? await readFigureSection() : null
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
    }))
    const results: Results = { idle, ...rest }
    const rows = toRows(results)
    const table = renderTable(rows)
    console.log(options.json ? JSON.stringify({ run, rows, results }, null, 2) : table)
    if (section !== null) await writeFigures(section, table, run)
    const missed = rows.filter(({ met }) => met === false)
    for (const { metric, target } of missed) log(`missed: ${metric}: ${target}`)
    return options.check && missed.length > 0 ? 1 : 0
  } finally {
    await bed.stop()
  }
}
