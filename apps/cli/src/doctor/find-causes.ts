import type { CauseCode } from '@bemore/ops'
import type { FoundCause, StepResult } from './diagnosis.js'
import { type Evidence, readHealthNow } from './evidence.js'
import type { HealthReport } from './health-report.js'
import { describeCause } from './health-steps.js'

/** Faults that say where it hurts and not why: the process may know by now. */
const SYMPTOMS: ReadonlySet<CauseCode> = new Set<CauseCode>([
  'HTTP_TIMEOUT',
  'LOOP_SLOW',
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

/**
 * The cause to mend first, then what else is true: the first step that failed, or the reason the
 * process gives for what only showed there; then what processes report without a step failing.
 */
export async function findCauses(
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
  return (health?.causes ?? []).map((cause) => ({ ...cause, detail: describeCause(cause) }))
}
