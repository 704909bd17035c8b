import type { CauseCode } from '@bemore/ops'
import type { Localized } from './localized.js'

/**
 * - `warn`: the layer works, and something is not as it should be.
 * - `skipped`: an earlier step failed, so nothing is known of this one.
 */
export type StepStatus = 'pass' | 'warn' | 'fail' | 'skipped'

export interface StepResult {
  readonly id: string
  readonly title: Localized
  readonly status: StepStatus
  /** null where it was skipped. */
  readonly durationMs: number | null
  readonly detail: Localized
  /** What a failed step proves. */
  readonly code: CauseCode | null
}

/** A cause somebody found: a step, or a process that says so in its health. */
export interface FoundCause {
  readonly code: CauseCode
  readonly detail: Localized
  /** Unix ms; null where it is not known. */
  readonly since: number | null
  /** The step that found it, or the process that reports it: `api`, `realtime`. */
  readonly source: string
}

export interface Diagnosis {
  readonly target: string
  /** Unix ms. */
  readonly startedAt: number
  readonly durationMs: number
  readonly steps: readonly StepResult[]
  /** The first cause; null: nothing is wrong, as far as was looked. */
  readonly verdict: FoundCause | null
  /** What else is true, in the order of `compareCauses`: consequences of the verdict, or next to mend. */
  readonly also: readonly FoundCause[]
  /** Of the process that answered. */
  readonly server: { readonly version: string | null; readonly commit: string | null } | null
}
