/**
 * What is offered for each distortion. Read by people who are not well: every sentence is an invitation
 * and none a correction, nothing says what somebody feels, and no task can do harm or fail.
 */
import type { DIFFICULTIES, SEVERITIES } from '@bemore/protocol'

export type Severity = (typeof SEVERITIES)[number]
export type Difficulty = (typeof DIFFICULTIES)[number]

export interface Bilingual {
  readonly ko: string
  readonly en: string
}

export interface SocraticQuestion extends Bilingual {
  /** Gentle ones first; the ones that look closely come only where the thought is strong. */
  readonly from: Severity
}

export interface BehaviouralTask {
  readonly difficulty: Difficulty
  readonly title: Bilingual
  readonly description: Bilingual
  readonly duration: Bilingual
}

export interface CbtBank {
  readonly name: Bilingual
  readonly questions: readonly SocraticQuestion[]
  readonly tasks: readonly BehaviouralTask[]
}

export const question = (from: Severity, ko: string, en: string): SocraticQuestion => ({
  from,
  ko,
  en,
})

export const task = (
  difficulty: Difficulty,
  duration: number | readonly [ko: string, en: string],
  title: readonly [ko: string, en: string],
  description: readonly [ko: string, en: string],
): BehaviouralTask => ({
  difficulty,
  title: { ko: title[0], en: title[1] },
  description: { ko: description[0], en: description[1] },
  duration:
    typeof duration === 'number'
      ? { ko: `${duration}분`, en: `${duration} min` }
      : { ko: duration[0], en: duration[1] },
})
