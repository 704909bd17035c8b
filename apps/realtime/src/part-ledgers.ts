import type { NewSessionEvent } from '@bemore/core'
import type { KeyedEvent } from '@bemore/store'
import type { FrameLedger } from './frame-ledger.js'

/**
 * Parts on their way into the log, and whose frames they account for. The queue tells of the very
 * event objects it was given. An event leaves here when it is durable or dropped, so there are never
 * more than the queue holds.
 */
export interface PartLedgers {
  sent(event: NewSessionEvent, ledger: FrameLedger): void
  durable(events: readonly KeyedEvent[]): void
  dropped(events: readonly KeyedEvent[]): void
}

export function createPartLedgers(): PartLedgers {
  const ledgers = new Map<NewSessionEvent, FrameLedger>()
  const settle = (
    events: readonly KeyedEvent[],
    tell: (ledger: FrameLedger, event: NewSessionEvent) => void,
  ) => {
    if (ledgers.size === 0) return
    for (const { event } of events) {
      const ledger = ledgers.get(event)
      if (ledger === undefined) continue
      ledgers.delete(event)
      tell(ledger, event)
    }
  }
  return {
    sent(event, ledger) {
      ledger.sent(event)
      ledgers.set(event, ledger)
    },
    durable: (events) => settle(events, (ledger, event) => ledger.durable(event)),
    dropped: (events) => settle(events, (ledger) => ledger.lost()),
  }
}
