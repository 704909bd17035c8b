import { type ChaosOptions, parseOptions, USAGE } from './options.js'
import { describeConditions, readTableSection, writeTable } from './report/docs.js'
import { renderTable } from './report/table.js'
import { runFaults } from './run-faults.js'

/** @returns the exit code: 0, or 1 when a target is missed, or the run failed */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(argv)
    if (options.help) console.log(USAGE)
    else if (options.list) list(options)
    else return await run(options, argv)
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}

function list({ faults }: ChaosOptions): void {
  const width = Math.max(...faults.map(({ name }) => name.length))
  for (const { name, how } of faults) console.log(`${name.padEnd(width)}  ${how}`)
}

async function run(options: ChaosOptions, argv: readonly string[]): Promise<number> {
  // Progress goes to stderr, so that stdout is the table or the JSON and nothing else.
  const log = (line: string) => console.error(line)
  const section = options.writeDocs ? await readTableSection() : null
  const conditions = describeConditions(argv, options.sessions, options.framesPerSecond)
  const rows = await runFaults(options, log)
  const table = renderTable(rows)
  console.log(options.json ? JSON.stringify({ conditions, rows }, null, 2) : table)
  if (section !== null) await writeTable(section, table, conditions)
  const missed = rows.flatMap((row) => row.missed.map((words) => `${row.name}: ${words}`))
  for (const words of missed) log(`missed: ${words}`)
  return missed.length > 0 ? 1 : 0
}
