/** Which targets a fault missed, each in words that begin with the column they belong to. */
import type { LoadedFault } from '../fault.js'
import type { RestTally } from '../load/rest-load.js'
import type { Account } from '../measure/ledger.js'
import type { Settlement } from '../measure/settlement.js'
import type { Course } from '../run-loaded-fault.js'

export interface Measured extends Course {
  readonly account: Account
  readonly rest: RestTally
  readonly settled: Settlement
}

export function judge(fault: LoadedFault, measured: Measured): string[] {
  const { account, settled, verdict } = measured
  const missed: string[] = []
  const { detectMs, recoverMs } = fault.targets
  const late = (ms: number | null, limit: number) => ms === null || ms > limit
  if (detectMs !== null && late(measured.detectedAfterMs, detectMs)) {
    missed.push(`detection took longer than ${detectMs / 1_000} s`)
  }
  if (late(measured.recoveredAfterMs, recoverMs)) {
    missed.push(`recovery took longer than ${recoverMs / 1_000} s (${measured.last})`)
  }
  if (verdict === null || !fault.verdicts.includes(verdict)) {
    missed.push(`doctor should say ${fault.verdicts.join(' or ')}`)
  }
  if (account.lost > 0) missed.push(`frames: ${account.lost} acknowledged and lost`)
  if (account.duplicated > 0) missed.push(`frames: ${account.duplicated} counted twice`)
  if (account.misplaced > 0) {
    missed.push(`frames: ${account.misplaced} in a window they were not captured in`)
  }
  if (settled.unacknowledged > 0) {
    missed.push(`frames: ${settled.unacknowledged} never acknowledged`)
  }
  if (settled.unsettled > 0) missed.push(`${settled.unsettled} sessions without an end or a report`)
  return missed
}
