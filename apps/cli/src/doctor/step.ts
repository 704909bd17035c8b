import type { CauseCode } from '@bemore/ops'
import type { StepResult, StepStatus } from './diagnosis.js'
import { Fault } from './fault.js'
import { type Localized, localized } from './localized.js'
import { TimeLimitError, within } from './time-limit.js'

/** What a step saw where it did not fail. */
export interface Sight {
  readonly detail: Localized
  readonly isWarning?: boolean
}

/** One layer. `run` throws a Fault where the layer is broken. */
export interface Step<Evidence> {
  readonly id: string
  readonly title: Localized
  /** In units of the limit a caller set for one step; the step is cut off then. */
  readonly weight: number
  /** What it may take beyond that, ms. */
  readonly extraMs?: number
  /** The steps it stands on; without it, all that come before. */
  readonly needs?: readonly string[]
  run(evidence: Evidence, limits: StepLimits): Promise<Sight>
}

export interface StepLimits {
  /** For one exchange within the step, ms. */
  readonly stepMs: number
  /** Aborted when the time of the whole step is up. */
  readonly signal: AbortSignal
}

/** For what a step does after its own deadlines: close, clean up. */
const GRACE_MS = 250

/**
 * Runs a step within its limit, whatever it does.
 * @param leftMs of the whole examination
 */
export async function runStep<Evidence>(
  step: Step<Evidence>,
  evidence: Evidence,
  { stepMs, leftMs }: { readonly stepMs: number; readonly leftMs: number },
): Promise<StepResult> {
  const startedAt = performance.now()
  const finish = (status: StepStatus, detail: Localized, code: CauseCode | null): StepResult => {
    const durationMs = Math.round(performance.now() - startedAt)
    return { id: step.id, title: step.title, status, durationMs, detail, code }
  }
  const limitMs = Math.max(1, Math.min(stepMs * step.weight + (step.extraMs ?? GRACE_MS), leftMs))
  try {
    const sight = await within(limitMs, (signal) =>
      step.run(evidence, { stepMs: Math.min(stepMs, limitMs), signal }),
    )
    return finish(sight.isWarning ? 'warn' : 'pass', sight.detail, null)
  } catch (error) {
    if (error instanceof Fault) return finish('fail', error.detail, error.code)
    if (!(error instanceof TimeLimitError)) throw error
    const seconds = (limitMs / 1000).toFixed(1)
    const detail = localized(`not done within ${seconds} s`, `${seconds}초 안에 끝나지 않음`)
    return finish('fail', detail, 'HTTP_TIMEOUT')
  }
}

export function skipStep(step: Pick<Step<never>, 'id' | 'title'>, why: Localized): StepResult {
  const { id, title } = step
  return { id, title, status: 'skipped', durationMs: null, detail: why, code: null }
}
