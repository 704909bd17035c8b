import type { Language } from '@bemore/protocol'

/** What can be wrong with a running system, for the people who run it. */
export interface CauseEntry {
  /** Exit code of `bemore doctor` and `bemore smoke` where this is the first cause: 10 to 59, unique. */
  readonly exitCode: number
  /** What is wrong, in one sentence. */
  readonly what: Readonly<Record<Language, string>>
  /** What to do about it, in the imperative. */
  readonly remedy: Readonly<Record<Language, string>>
}

type Words = readonly [en: string, ko: string]

export function cause(exitCode: number, [en, ko]: Words, [remedyEn, remedyKo]: Words): CauseEntry {
  return { exitCode, what: { en, ko }, remedy: { en: remedyEn, ko: remedyKo } }
}
