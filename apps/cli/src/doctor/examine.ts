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
  const endAt = beganAt + stepMs * TOTAL_WEIGHT + TOTAL_EXTRA_MS
  const evidence: Evidence = { target, sockets: new Map() }
  const results: StepResult[] = []
  try {
    for (const step of steps) {
      const failed = results.find(({ status }) => status === 'fail')
      const result =
        failed === undefined
          ? await runStep(step, evidence, { stepMs, leftMs: endAt - performance.now() })
          : skipStep(step, localized(`after ${failed.title.en}`, `${failed.title.ko} 실패로 생략`))
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

async function cleanUp({ rest, session, sockets }: Evidence, keepSession: boolean): Promise<void> {
  for (const socket of sockets.values()) socket.close()
  if (keepSession || session === undefined) return
  // Where the API is away by now the session is swept as abandoned.
  await rest?.erase(session.sessionId).catch(() => {})
}
