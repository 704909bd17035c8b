/** One fault after the other, each in a system of its own on one PostgreSQL. */
import { EXIT } from '@bemore/ops'
import type { Fault } from './fault.js'
import type { Row } from './report/row.js'
import { type RunPlan, runLoadedFault } from './run-loaded-fault.js'
import { type DatabaseServer, startDatabaseServer } from './system/database-server.js'

export interface FaultsPlan {
  readonly faults: readonly Fault[]
  readonly sessions: number
  readonly framesPerSecond: number
  readonly quick: boolean
}

/**
 * Whatever happens, nothing is left behind: processes, database and folders go with each fault, and
 * on a signal with the run.
 */
export async function runFaults(
  plan: FaultsPlan,
  log: (line: string) => void,
): Promise<readonly Row[]> {
  const server = await startDatabaseServer(log)
  // Leaving by `exit` kills what is still running then.
  const leave = () => {
    log('interrupted: ending what was started')
    void server.remove().finally(() => process.exit(EXIT.interrupted))
    setTimeout(() => process.exit(EXIT.interrupted), LEAVE_LIMIT_MS)
  }
  for (const signal of SIGNALS) process.once(signal, leave)
  try {
    const rows: Row[] = []
    for (const [place, fault] of plan.faults.entries()) {
      const startedAt = performance.now()
      log(`[${place + 1}/${plan.faults.length}] ${fault.title}`)
      const row = await runOne(fault, server, { ...plan, log })
      rows.push(row)
      const seconds = Math.round((performance.now() - startedAt) / 1_000)
      log(`  ${row.missed.length === 0 ? 'all targets met' : row.missed.join('; ')} (${seconds} s)`)
    }
    return rows
  } finally {
    for (const signal of SIGNALS) process.off(signal, leave)
    await server.remove()
  }
}

const LEAVE_LIMIT_MS = 30_000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A fault that cannot be measured is a row that says so, and the others are still run. */
async function runOne(fault: Fault, server: DatabaseServer, plan: RunPlan): Promise<Row> {
  const databaseName = `chaos_${fault.name.replaceAll('-', '_')}`
  try {
    return fault.kind === 'boot'
      ? await fault.run(server, databaseName)
      : await runLoadedFault(fault, server, databaseName, plan)
  } catch (error) {
    server.thaw()
    await server.start()
    const words = error instanceof Error ? error.message : String(error)
    return {
      ...UNMEASURED,
      name: fault.name,
      title: fault.title,
      missed: [`not measured: ${words}`],
    }
  }
}

const UNMEASURED: Omit<Row, 'name' | 'title' | 'missed'> = {
  usersSaw: '–',
  detectedAfterMs: null,
  detectedAs: null,
  verdict: null,
  verdictExpected: null,
  recoveredAfterMs: null,
  frames: null,
  windows: null,
  requests: null,
}
