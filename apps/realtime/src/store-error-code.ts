import type { ErrorCode } from '@bemore/protocol'
import { StoreError } from '@bemore/store'

/** The catalogue's code for what the store rejected with. */
export function storeErrorCode(error: unknown): ErrorCode {
  return error instanceof StoreError ? error.code : 'INTERNAL'
}
