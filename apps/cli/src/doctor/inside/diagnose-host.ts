import type { Environment } from '@bemore/ops'
import { compareCauses } from '../cause-rank.js'
import { diagnose } from '../diagnose.js'
import type { Diagnosis, FoundCause, StepResult } from '../diagnosis.js'
import { DEFAULT_STEP_MS, type ExamineOptions, runSteps } from '../examine.js'
import type { Step } from '../step.js'
import { CONFIGURATION_STEP, NODE_STEP } from './configuration-steps.js'
import {
  DATABASE_CLOCK_STEP,
  DATABASE_DNS_STEP,
  DATABASE_FIT_STEP,
  DATABASE_LOGIN_STEP,
  DATABASE_SCHEMA_STEP,
  DATABASE_TCP_STEP,
} from './database-steps.js'
import type { HostEvidence } from './host-evidence.js'
import { JOURNAL_STEP, MEMORY_STEP } from './host-steps.js'
import { DATABASE_LISTEN_STEP } from './listen-step.js'
import { API_PORT_STEP, REALTIME_PORT_STEP } from './port-steps.js'

export const HOST_STEPS: readonly Step<HostEvidence>[] = [
  CONFIGURATION_STEP,
  NODE_STEP,
  API_PORT_STEP,
  REALTIME_PORT_STEP,
  DATABASE_DNS_STEP,
  DATABASE_TCP_STEP,
  DATABASE_LOGIN_STEP,
  DATABASE_FIT_STEP,
  DATABASE_CLOCK_STEP,
  DATABASE_SCHEMA_STEP,
  DATABASE_LISTEN_STEP,
  JOURNAL_STEP,
  MEMORY_STEP,
]

const CLOSE_MS = 500

/**
 * Examines the machine this runs on with the configuration its processes would have, whether they
 * run or not; and from outside what runs there. Faults of different branches are all found: the first
 * by `compareCauses` is the verdict.
 */
export async function diagnoseHost(
  env: Environment,
  cwd: string,
  options: ExamineOptions = {},
): Promise<Diagnosis> {
  const { stepMs = DEFAULT_STEP_MS, onStep = () => {} } = options
  const startedAt = Date.now()
  const beganAt = performance.now()
  const evidence: HostEvidence = { env, cwd }
  const results: StepResult[] = []
  try {
    for await (const result of runSteps(HOST_STEPS, evidence, { stepMs })) {
      results.push(result)
      onStep(result)
    }
  } finally {
    await evidence.database?.close(CLOSE_MS)
  }
  const outside = evidence.apiUrl === undefined ? null : await diagnose(evidence.apiUrl, options)
  const failed = [...results.flatMap(toFound), ...(outside?.verdict ? [outside.verdict] : [])]
  const causes = [
    ...failed.sort((left, right) => compareCauses(left.code, right.code)),
    ...(outside?.also ?? []),
  ].filter(({ code }, at, all) => all.findIndex((each) => each.code === code) === at)
  return {
    target: evidence.apiUrl ?? 'this host',
    startedAt,
    durationMs: Math.round(performance.now() - beganAt),
    steps: [...results, ...(outside?.steps ?? [])],
    verdict: causes[0] ?? null,
    also: causes.slice(1),
    server: outside?.server ?? null,
  }
}

function toFound({ code, detail, id }: StepResult): FoundCause[] {
  return code === null ? [] : [{ code, detail, source: id, since: null }]
}
