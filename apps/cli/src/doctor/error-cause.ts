import { type CauseCode, isCauseCode } from '@bemore/ops'

/** What an error code of a reply says of the system; null where it speaks of the request only. */
export function toCauseCode(errorCode: string): CauseCode | null {
  // Both ceilings shed load the same way; `/health` tells which it was.
  if (errorCode === 'OVERLOADED') return 'LOOP_SLOW'
  return isCauseCode(errorCode) ? errorCode : null
}
