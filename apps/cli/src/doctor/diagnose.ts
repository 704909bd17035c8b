import type { Diagnosis } from './diagnosis.js'
import type { Evidence } from './evidence.js'
import { type ExamineOptions, examine } from './examine.js'
import { FLOW_STEP } from './flow-step.js'
import { DATABASE_STEP, HEALTH_STEP, LISTEN_STEP, MIGRATIONS_STEP } from './health-steps.js'
import { DNS_STEP, HTTP_STEP, TCP_STEP, TLS_STEP } from './path-steps.js'
import { SOCKET_STEPS, START_STEP } from './session-steps.js'
import type { Step } from './step.js'
import { parseTarget } from './target.js'

export interface DiagnoseOptions extends ExamineOptions {
  /** The id of the last step to run; `listen` is the last that writes nothing. All without it. */
  readonly until?: string
}

/** The way there, and what the process says of itself: cheap, and leaves no trace. */
export const WATCHING_STEPS: readonly Step<Evidence>[] = [
  DNS_STEP,
  TCP_STEP,
  TLS_STEP,
  HTTP_STEP,
  HEALTH_STEP,
  DATABASE_STEP,
  MIGRATIONS_STEP,
  LISTEN_STEP,
]

/** In the order of the layers: each stands on those before it. */
export const OUTSIDE_STEPS: readonly Step<Evidence>[] = [
  ...WATCHING_STEPS,
  START_STEP,
  ...SOCKET_STEPS,
  FLOW_STEP,
]

/**
 * Examines a running BeMore from outside, layer by layer, up to the first that fails. A session it
 * starts is erased again.
 * @throws UsageError where `url` is no http(s) URL; trouble of the system is in the result
 */
export function diagnose(url: string, options: DiagnoseOptions = {}): Promise<Diagnosis> {
  const last = OUTSIDE_STEPS.findIndex(({ id }) => id === options.until)
  const steps = OUTSIDE_STEPS.slice(0, last < 0 ? undefined : last + 1)
  return examine(parseTarget(url), steps, options)
}
