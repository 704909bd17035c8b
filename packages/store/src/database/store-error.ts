import type { ErrorCode } from '@bemore/protocol'

/** What a call, or a ping, may fail with; at most one of them holds at a time. */
export const STORE_ERROR_CODES = [
  'DATABASE_UNREACHABLE',
  'DATABASE_TIMEOUT',
  'DATABASE_BUSY',
  'DATABASE_READ_ONLY',
  'DATABASE_FULL',
] as const satisfies readonly ErrorCode[]

export type StoreErrorCode = (typeof STORE_ERROR_CODES)[number]

/**
 * Trouble with the database, not with what was asked of it: the same call may succeed later. After
 * one of these the outcome of a write is unknown; every write of this package may be repeated.
 */
export class StoreError extends Error {
  readonly code: StoreErrorCode
  /** What happened, in words for an operator; never data, never the connection's password. */
  readonly detail: string

  constructor(code: StoreErrorCode, detail: string, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options)
    this.name = 'StoreError'
    this.code = code
    this.detail = detail
  }
}
