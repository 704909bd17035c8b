// From nothing to a running system and back. Everything that was started is in the teardown, so that
// one way leads out whatever ends it: a signal, a child that cannot run here, or a failed start.
import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { EXIT } from '@bemore/ops'
import { bringSchemaUpToDate } from '../schema.js'
import { listenForStop, type StopSignals } from '../stop-signals.js'
import type { Terminal } from '../terminal.js'
import { openChildLogs } from './child-logs.js'
import { claimFolder, claimPorts } from './claims.js'
import { openControlPort } from './control-port.js'
import { type Database, openDatabase } from './database.js'
import { awaitReady } from './readiness.js'
import { RESTART_POLICY } from './restart-backoff.js'
import { createSupervisor, type Supervisor } from './supervisor.js'
import { createTeardown, type Teardown } from './teardown.js'
import { assertBuilt, planTopology, type Topology } from './topology.js'
import { describeProcessEvent, renderUrls, sayLine } from './up-screen.js'
import { placeProcesses, readDatabaseUrl, type UpOptions } from './up-settings.js'
import type { UpStatus } from './up-status.js'

/** For a database that is starting at the same time. */
const DATABASE_PATIENCE_MS = 30_000
const READY_PATIENCE_MS = 30_000
/** Beyond a child's own deadline: what it needs to notice that it is over. */
const STOP_GRACE_MS = 2_000
/** Stands in until the embedded database has a URL, so that the rest can be checked before. */
const UNKNOWN_DATABASE = 'postgres://not-started-yet/bemore'

/** Runs until a signal, or until a child gives up. @returns the exit code */
export async function up(options: UpOptions, terminal: Terminal): Promise<number> {
  const signals = listenForStop(terminal)
  const teardown = createTeardown((name, error) =>
    terminal.complain(`bemore up: ${name} did not stop in order: ${(error as Error).message}`),
  )
  const inOrder = serve(options, terminal, signals, teardown)
  const atOnce = signals.insisted.then(() => {
    teardown.kill()
    return EXIT.interrupted
  })
  try {
    return await Promise.race([inOrder, atOnce])
  } finally {
    signals.release()
  }
}

async function serve(
  options: UpOptions,
  terminal: Terminal,
  signals: StopSignals,
  teardown: Teardown,
): Promise<number> {
  const run: RunState = { phase: 'starting', database: null, supervisor: null }
  try {
    const supervisor = await bringUp(options, terminal, signals, teardown, run)
    if (supervisor === null) return EXIT.ok
    const exitCode = await Promise.race([supervisor.gaveUp, aborted(signals.asked, EXIT.ok)])
    if (signals.asked.aborted) sayLine(terminal, `stopping (${signals.asked.reason})`)
    return exitCode
  } finally {
    run.phase = 'stopping'
    await teardown.run()
    if (run.supervisor !== null) sayLine(terminal, 'stopped')
  }
}

/** What of the run the control port shows. */
interface RunState {
  phase: UpStatus['state']
  database: Database | null
  supervisor: Supervisor | null
}

/** @returns null where it was asked to stop before everything had started */
async function bringUp(
  options: UpOptions,
  terminal: Terminal,
  { asked }: StopSignals,
  teardown: Teardown,
  run: RunState,
): Promise<Supervisor | null> {
  const { env, cwd, paint } = terminal
  const folder = join(cwd, '.bemore')
  const placement = await placeProcesses(env, options)
  const externalUrl = readDatabaseUrl(env)
  const draft = planTopology(env, externalUrl ?? UNKNOWN_DATABASE, placement)
  assertBuilt(draft.processes)

  await mkdir(folder, { recursive: true })
  const instance = { instanceId: randomUUID(), pid: process.pid, startedAt: Date.now() }
  const status = (): UpStatus => ({
    ...instance,
    state: run.phase,
    urls: draft.urls,
    database: run.database?.status() ?? null,
    processes: run.supervisor?.status() ?? [],
  })
  const control = await openControlPort(status)
  teardown.add('the control port', control.close)
  const claim = await claimFolder(folder, { ...instance, controlPort: control.port })
  teardown.add('the run file', claim.release)
  const say = (line: string) => sayLine(terminal, line)
  await claimPorts(placement, claim.foundStale ? draft.stopPatienceMs : 0, say)
  if (asked.aborted) return null

  const logs = openChildLogs(join(folder, 'logs'), terminal)
  teardown.add('the logs', logs.close)
  run.database = await openDatabase(externalUrl, folder, logs, say)
  teardown.add('PostgreSQL', run.database.stop, run.database.kill)
  await bringSchemaUpToDate({
    url: run.database.url,
    patienceMs: DATABASE_PATIENCE_MS,
    signal: asked,
    say,
    record: (line) => logs.record('migrate', line),
  })
  if (asked.aborted) return null

  const topology = planTopology(env, run.database.url, placement)
  run.supervisor = createSupervisor(topology.processes, {
    policy: RESTART_POLICY,
    onOutput: logs.take,
    onEvent: (event) => say(describeProcessEvent(event, paint)),
  })
  teardown.add(
    'the processes',
    () => run.supervisor?.stop(topology.stopPatienceMs + STOP_GRACE_MS),
    run.supervisor.kill,
  )
  run.supervisor.start()
  await announceReady(topology, run.database, run.supervisor, asked, terminal)
  if (!asked.aborted) run.phase = 'running'
  return run.supervisor
}

async function announceReady(
  topology: Topology,
  database: Database,
  supervisor: Supervisor,
  asked: AbortSignal,
  terminal: Terminal,
): Promise<void> {
  const givenUp = new AbortController()
  void supervisor.gaveUp.then(() => givenUp.abort())
  const stop = AbortSignal.any([asked, givenUp.signal])
  const missing = await awaitReady(topology.readyUrls, READY_PATIENCE_MS, stop)
  if (stop.aborted) return
  for (const url of missing) sayLine(terminal, `${url} is not ready yet: see .bemore/logs`)
  terminal.say(renderUrls(topology.urls, database.status(), terminal.paint))
}

function aborted<Value>(signal: AbortSignal, value: Value): Promise<Value> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(value)
    else signal.addEventListener('abort', () => resolve(value), { once: true })
  })
}
