import { ERRORS, type ErrorCode } from '@bemore/protocol'

/** Which part of a request was wrong; never the value itself, which may be private. */
export interface FaultDetail {
  /** Where: `body/language`, `headers/x-device-id`, `querystring/limit`. */
  readonly field: string
  readonly problem: string
}

/** An answer other than success, thrown anywhere below a route and rendered in one place. */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly details: readonly FaultDetail[]
  /** When to try again, where that is known, s. */
  readonly retryAfterSeconds: number | null

  constructor(
    code: ErrorCode,
    details: readonly FaultDetail[] = [],
    retryAfterSeconds: number | null = null,
  ) {
    super(ERRORS[code].message.en)
    this.name = 'ApiError'
    this.code = code
    this.details = details
    this.retryAfterSeconds = retryAfterSeconds
  }
}
