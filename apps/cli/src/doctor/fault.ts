import type { CauseCode } from '@bemore/ops'
import type { Localized } from './localized.js'

/** Why a step failed: the cause it proves, and what exactly was seen. */
export class Fault extends Error {
  readonly code: CauseCode
  readonly detail: Localized

  constructor(code: CauseCode, detail: Localized) {
    super(`${code}: ${detail.en}`)
    this.name = 'Fault'
    this.code = code
    this.detail = detail
  }
}
