import type { CauseCode } from '@bemore/ops'
import type { Verdict } from '../measure/doctor.js'

/** One line of the table: what was measured of one fault. Times in ms. */
export interface Row {
  readonly name: string
  readonly title: string
  readonly usersSaw: string
  readonly detectedAfterMs: number | null
  /** The cause that was seen first of those expected, or other words for what showed it. */
  readonly detectedAs: CauseCode | string | null
  readonly verdict: Verdict | null
  readonly verdictExpected: boolean | null
  readonly recoveredAfterMs: number | null
  /** null: no client of this row gets acknowledgements. */
  readonly frames: { readonly acknowledged: number; readonly lost: number } | null
  /** Of plain clients. */
  readonly windows: { readonly lost: number; readonly of: number } | null
  readonly requests: {
    readonly failed: number
    readonly refused: number
    readonly of: number
  } | null
  /** Targets missed, in words; empty: all met. */
  readonly missed: readonly string[]
}
