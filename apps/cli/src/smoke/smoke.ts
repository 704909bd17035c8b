import type { Diagnosis } from '../doctor/diagnosis.js'
import { type ExamineOptions, examine } from '../doctor/examine.js'
import { parseTarget } from '../doctor/target.js'
import type { SmokeItem } from './smoke-plan.js'

/**
 * Walks through a whole session against a running BeMore. The verdict is null where every step passed:
 * causes that stopped nobody (memory near its ceiling, a clock that is off) are in `also`.
 * @throws UsageError where `url` is no http(s) URL
 */
export async function smoke(
  url: string,
  items: readonly SmokeItem[],
  options: ExamineOptions = {},
): Promise<Diagnosis> {
  const steps = items.flatMap((item) => item.steps)
  const diagnosis = await examine(parseTarget(url), steps, options)
  const { verdict, also } = diagnosis
  if (verdict === null || diagnosis.steps.some(({ status }) => status === 'fail')) return diagnosis
  return { ...diagnosis, verdict: null, also: [verdict, ...also] }
}
