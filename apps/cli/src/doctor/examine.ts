import type { Diagnosis, StepResult } from './diagnosis.js'
import type { Evidence } from './evidence.js'
import { findCauses } from './find-causes.js'
import { localized } from './localized.js'
import { runStep, type Step, skipStep } from './step.js'
import type { Target } from './target.js'

export interface ExamineOptions {
  /** Longest wait for one exchange, ms; some steps are several. */
  readonly stepMs?: number
  /** Told after each step. */
  readonly onStep?: (result: StepResult) => void
  /** Leaves the session that was started where it is. */
  readonly keepSession?: boolean
}

export const DEFAULT_STEP_MS = 5_000
/** Of the whole, in units of `stepMs`: not every step can use all of its time. */
const TOTAL_WEIGHT = 16
/** And for steps that wait for a fixed time. */
const TOTAL_EXTRA_MS = 30_000

/** Runs steps in their order up to the first that fails, and names the cause. */
export async function examine(
  target: Target,
  steps: readonly Step<Evidence>[],
  options: ExamineOptions,
): Promise<Diagnosis> {
  const { stepMs = DEFAULT_STEP_MS, onStep = () => {}, keepSession = false } = options
  const startedAt = Date.now()
  const beganAt = performance.now()
  const evidence: Evidence = { target, sockets: new Map() }
  const results: StepResult[] = []
  try {
    for await (const result of runSteps(steps, evidence, { stepMs })) {
      results.push(result)
      onStep(result)
    }
  } finally {
    await cleanUp(evidence, keepSession)
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

/** Runs steps in their order, each if what it stands on holds; all of them within a bound. */
export async function* runSteps<Evidence>(
  steps: readonly Step<Evidence>[],
  evidence: Evidence,
  { stepMs }: { readonly stepMs: number },
): AsyncGenerator<StepResult> {
  const endAt = performance.now() + stepMs * TOTAL_WEIGHT + TOTAL_EXTRA_MS
  const broken: StepResult[] = []
  for (const step of steps) {
    const { needs } = step
    const base = broken.find(({ id }) => needs === undefined || needs.includes(id))
    const result =
      base === undefined
        ? await runStep(step, evidence, { stepMs, leftMs: endAt - performance.now() })
        : skipStep(step, localized(`after ${base.title.en}`, `${base.title.ko} 실패로 생략`))
    if (result.status === 'fail' || result.status === 'skipped') broken.push(result)
    yield result
  }
}

async function cleanUp({ rest, session, sockets }: Evidence, keepSession: boolean): Promise<void> {
  for (const socket of sockets.values()) socket.close()
  if (keepSession || session === undefined) return
  // Where the API is away by now the session is swept as abandoned.
  await rest?.erase(session.sessionId).catch(() => {})
}
