import type { CauseCode } from '@bemore/ops'
import { compareCauses } from './cause-rank.js'
import type { Diagnosis, FoundCause, StepResult } from './diagnosis.js'
import { type Evidence, readHealthNow } from './evidence.js'
import { FLOW_STEP } from './flow-step.js'
import type { HealthReport } from './health-report.js'
import {
  DATABASE_STEP,
  describeCause,
  HEALTH_STEP,
  LISTEN_STEP,
  MIGRATIONS_STEP,
} from './health-steps.js'
import { localized } from './localized.js'
import { DNS_STEP, HTTP_STEP, TCP_STEP, TLS_STEP } from './path-steps.js'
import { SOCKET_STEPS, START_STEP } from './session-steps.js'
import { runStep, type Step, skipStep } from './step.js'
import { parseTarget } from './target.js'

export interface DiagnoseOptions {
  /** The last step to run: `health` stops before anything is written, `listen` judges all of it. */
  readonly until?: string
  /** Longest wait for one step, ms; some are several exchanges and may take as many times as long. */
  readonly stepMs?: number
  /** Told after each step. */
  readonly onStep?: (result: StepResult) => void
}

/** In the order of the layers: each stands on those before it. */
export const OUTSIDE_STEPS: readonly Step<Evidence>[] = [
  DNS_STEP,
  TCP_STEP,
  TLS_STEP,
  HTTP_STEP,
  HEALTH_STEP,
  DATABASE_STEP,
  MIGRATIONS_STEP,
  LISTEN_STEP,
  START_STEP,
  ...SOCKET_STEPS,
  FLOW_STEP,
]

export const DEFAULT_STEP_MS = 5_000
/** Of the whole examination, in units of `stepMs`: not every step can use all of its time. */
const TOTAL_WEIGHT = 12

/**
 * Examines a running BeMore from outside, layer by layer, up to the first that fails.
 * @throws UsageError where `url` is no http(s) URL; trouble of the system is in the result
 */
export async function diagnose(url: string, options: DiagnoseOptions = {}): Promise<Diagnosis> {
  const { until, stepMs = DEFAULT_STEP_MS, onStep = () => {} } = options
  const target = parseTarget(url)
  const startedAt = Date.now()
  const beganAt = performance.now()
  const evidence: Evidence = { target, sockets: new Map() }
  const last = OUTSIDE_STEPS.findIndex(({ id }) => id === until)
  const wanted = OUTSIDE_STEPS.slice(0, last < 0 ? undefined : last + 1)
  const results: StepResult[] = []
  try {
    for (const step of wanted) {
      const failed = results.find(({ status }) => status === 'fail')
      const leftMs = beganAt + stepMs * TOTAL_WEIGHT - performance.now()
      const result =
        failed === undefined
          ? await runStep(step, evidence, { stepMs, leftMs })
          : skipStep(step, localized(`after ${failed.id}`, `${failed.title.ko} 실패로 생략`))
      results.push(result)
      onStep(result)
    }
  } finally {
    await cleanUp(evidence)
  }
  const causes = await findCauses(results, evidence, stepMs)
  return {
    target: target.baseUrl,
    startedAt,
    durationMs: Math.round(performance.now() - beganAt),
    steps: results,
    verdict: causes[0] ?? null,
    also: causes.slice(1),
    server: evidence.health ?? null,
  }
}

async function cleanUp({ rest, session, sockets }: Evidence): Promise<void> {
  for (const socket of sockets.values()) socket.close()
  // Where the API is away by now the session is swept as abandoned.
  if (session !== undefined) await rest?.erase(session.sessionId).catch(() => {})
}

/** Faults that say where it hurts and not why: the process may know by now. */
const SYMPTOMS: ReadonlySet<CauseCode> = new Set<CauseCode>([
  'HTTP_TIMEOUT',
  'LOOP_SLOW',
  'REALTIME_UNREACHABLE',
  'WEBSOCKET_FAILED',
  'FLOW_FAILED',
])
/** What can be behind a symptom; the rest of what a process reports is no reason for one. */
const REASONS: ReadonlySet<CauseCode> = new Set<CauseCode>([
  'LOOP_STUCK',
  'DATABASE_UNREACHABLE',
  'DATABASE_TIMEOUT',
  'DATABASE_BUSY',
  'DATABASE_FULL',
  'DATABASE_READ_ONLY',
  'BUS_BEYOND_REPAIR',
  'BUS_LOST',
  'MEMORY_HIGH',
  'LOOP_SLOW',
  'REALTIME_DOWN',
])

/** The cause to mend first, then what else is true. */
async function findCauses(
  results: readonly StepResult[],
  evidence: Evidence,
  stepMs: number,
): Promise<FoundCause[]> {
  const failed = results.find(({ status }) => status === 'fail')
  const { health } = evidence
  if (failed === undefined || failed.code === null) return toFound(health)
  const first = { code: failed.code, detail: failed.detail, source: failed.id }
  // The health was read at the beginning; what broke since is known to the process a moment later.
  const isLate =
    health !== undefined && !results.some(({ id, status }) => id === 'listen' && status !== 'pass')
  const current = isLate ? ((await readHealthNow(evidence.target, stepMs)) ?? health) : health
  const reported = toFound(current)
  const reason = SYMPTOMS.has(first.code) && reported.find(({ code }) => REASONS.has(code))
  const since = reported.find(({ code }) => code === first.code)?.since ?? null
  const all = [...(reason ? [reason] : []), { ...first, since }, ...reported]
  return all.filter(({ code }, at) => all.findIndex((each) => each.code === code) === at)
}

function toFound(health: HealthReport | null | undefined): FoundCause[] {
  return (health?.causes ?? [])
    .map((cause) => ({ ...cause, detail: describeCause(cause) }))
    .sort((left, right) => compareCauses(left.code, right.code))
}
