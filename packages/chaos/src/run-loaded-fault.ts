/** A fault from a healthy start to the account: inject, see it, ask the doctor, heal, wait, count. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadedFault, Scene } from './fault.js'
import { type LoadPlan, startLoad } from './load/load.js'
import type { SessionClient } from './load/session-client.js'
import { askDoctor, type Verdict } from './measure/doctor.js'
import { type HealthWatch, startHealthWatch } from './measure/health-watch.js'
import { drawAccount } from './measure/ledger.js'
import { readsReport, settleSessions } from './measure/settlement.js'
import { judge } from './report/judgement.js'
import type { Row } from './report/row.js'
import { describeUse } from './report/use.js'
import type { DatabaseServer } from './system/database-server.js'
import { startSystem } from './system/system.js'
import { waitUntil } from './until.js'

export interface RunPlan extends LoadPlan {
  readonly quick: boolean
  readonly log: (line: string) => void
}

/** Frames flow for this long before the fault, and after the recovery. */
const CALM_MS = 3_000
const DETECTION_MARGIN_MS = 10_000
const RECOVERY_LIMIT_MS = 90_000
/** The web client waits 16 s at most before it tries again. */
const RETURN_LIMIT_MS = 20_000
const WELL_LIMIT_MS = 60_000
/** Seen well twice, this far apart: one look may fall between two troubles. */
const CONFIRM_MS = 500

export async function runLoadedFault(
  fault: LoadedFault,
  server: DatabaseServer,
  databaseName: string,
  plan: RunPlan,
): Promise<Row> {
  const { log } = plan
  const system = await startSystem(server, databaseName, fault.topology ?? {})
  const watch = startHealthWatch(() => [...system.apis, ...system.realtimes])
  try {
    const load = await startLoad(system, plan)
    try {
      const notes: string[] = []
      const missed: string[] = []
      const scene: Scene = {
        ...{ system, load },
        note: (words) => notes.push(words),
        miss: (words) => missed.push(words),
      }
      if ((await waitUntil(watch.isWell, WELL_LIMIT_MS)) === null) {
        throw new Error(`not well before the fault: ${watch.complaints.join(', ')}`)
      }
      await fault.prepare?.(scene)
      await sleep(CALM_MS)
      load.rest.reset()
      log(`  injecting: ${fault.how}`)
      const course = await runCourse(fault, scene, watch, plan)
      await waitUntil(() => load.clients.every(({ isConnected }) => isConnected), RETURN_LIMIT_MS)
      await sleep(CALM_MS)
      for (const client of load.clients) client.stopSending()
      await load.rest.stop()
      const rest = load.rest.tally
      const settled = await settleSessions(system, load.clients)
      const account = drawAccount(settled.reports, load.clients, plan.framesPerSecond)
      const verdict = course.verdict ?? (await askDoctorOnceMore(fault, scene, watch, plan))
      const measured = { ...course, verdict, account, rest, settled }
      const use = describeUse(load.clients, rest, course.injectedMs, account)
      return {
        name: fault.name,
        title: fault.title,
        usersSaw: [...use, ...notes].join('; '),
        detectedAfterMs: course.detectedAfterMs,
        detectedAs: course.detectedAs,
        verdict,
        verdictExpected: verdict === null ? null : fault.verdicts.includes(verdict),
        recoveredAfterMs: course.recoveredAfterMs,
        frames: account.sent === 0 ? null : account,
        windows: { lost: account.windowsLost, of: account.windows },
        requests: { failed: rest.failed, refused: rest.refused, of: rest.requests },
        missed: [...missed, ...judge(fault, measured)],
      }
    } finally {
      await load.stop()
    }
  } finally {
    watch.stop()
    await system.stop()
  }
}

export interface Course {
  readonly injectedMs: number
  readonly detectedAfterMs: number | null
  readonly detectedAs: string | null
  readonly verdict: Verdict | null
  readonly recoveredAfterMs: number | null
  /** What was wrong when it was last looked at and not all well. */
  readonly last: string
}

const detectionLimitMs = ({ targets: { detectMs } }: LoadedFault): number =>
  detectMs === null ? 0 : detectMs + DETECTION_MARGIN_MS

async function runCourse(
  fault: LoadedFault,
  scene: Scene,
  watch: HealthWatch,
  plan: RunPlan,
): Promise<Course> {
  const { log } = plan
  const holdMs = plan.quick ? (fault.quickHoldMs ?? fault.holdMs) : fault.holdMs
  const injectedMs = performance.now()
  let detectedAs: string | null = null
  let detectedAfterMs: number | null = null
  const detecting = waitUntil(async () => {
    const sighting = watch.find(fault.causes, injectedMs)
    detectedAs = sighting?.code ?? (await fault.detect?.(scene)) ?? null
    const seenMs = sighting?.seenMs ?? performance.now()
    if (detectedAs !== null) detectedAfterMs = seenMs - injectedMs
    return detectedAs !== null
  }, detectionLimitMs(fault))
  const recoveringFromMs = (await fault.inject(scene)) ?? injectedMs
  await detecting
  log(`  detected: ${detectedAs ?? 'not at all'} after ${Math.round(detectedAfterMs ?? 0)} ms`)

  let verdict: Verdict | null = null
  let wellFromMs = recoveringFromMs
  if (fault.heal !== undefined) {
    verdict = await consult(scene, plan)
    await sleep(Math.max(0, injectedMs + holdMs - performance.now()))
    wellFromMs = performance.now()
    await fault.heal(scene)
    log('  healed')
  }
  const { afterMs: recoveredAfterMs, last } = await waitUntilWell(fault, scene, watch, wellFromMs)
  const after = recoveredAfterMs === null ? 'not' : `after ${Math.round(recoveredAfterMs)} ms`
  log(`  recovered ${after}; the last to be mended: ${last}`)
  return { injectedMs, detectedAfterMs, detectedAs, verdict, recoveredAfterMs, last }
}

/**
 * What is over in a moment lasts too short for a doctor, and is done once more after the account;
 * what leaves nothing wrong behind is looked at afterwards.
 */
async function askDoctorOnceMore(
  fault: LoadedFault,
  scene: Scene,
  watch: HealthWatch,
  plan: RunPlan,
): Promise<Verdict | null> {
  const sinceMs = performance.now()
  const release = await fault.prolong?.(scene)
  if (release === undefined) return consult(scene, plan)
  // He sees no more than is to be seen, and the first health that shows it is two seconds away.
  await waitUntil(() => watch.find(fault.causes, sinceMs) !== null, detectionLimitMs(fault))
  const verdict = await consult(scene, plan)
  await release()
  return verdict
}

async function consult(scene: Scene, { log }: RunPlan): Promise<Verdict | null> {
  const verdict = await askDoctor(scene.system.apiUrl)
  log(`  doctor: ${verdict ?? 'no verdict'}`)
  return verdict
}

/**
 * Well: every process runs and has no cause in its health, the log can be read over REST, and every
 * client that reconnects at once is connected. Those that wait up to 16 s by themselves are told of
 * apart.
 * @returns when, and what was the last to be mended
 */
async function waitUntilWell(
  { clientsReturnLater = false }: LoadedFault,
  { system, load }: Scene,
  watch: HealthWatch,
  sinceMs: number,
): Promise<{ readonly afterMs: number | null; readonly last: string }> {
  const isWell = async () => {
    const isBack = (client: SessionClient) => client.kind === 'plain' || client.isConnected
    if (!clientsReturnLater && !load.clients.every(isBack)) {
      last = 'clients without a connection'
      return false
    }
    if (!(await watch.isWell())) {
      last = watch.complaints.join(', ')
      return false
    }
    return readsReport(system, load.clients)
  }
  let last = 'nothing'
  let wellSinceMs = 0
  const found = await waitUntil(async () => {
    if (!(await isWell())) return false
    wellSinceMs = performance.now()
    await sleep(CONFIRM_MS)
    return isWell()
  }, RECOVERY_LIMIT_MS)
  return { afterMs: found === null ? null : wellSinceMs - sinceMs, last }
}
