/**
 * What became of the numbered frames of one epoch, as far as this process took them. A frame is
 * received, then (where it has an effect) in the open window, then in a part on its way into the log,
 * then durable. Frames without effect follow the frames before them, so that what is acknowledged is
 * always a whole beginning: seq ≤ durableSeq ≤ cutSeq ≤ receivedSeq.
 */
import type { FrameSpan, NewSessionEvent } from '@bemore/core'

export interface FrameLedgerStart {
  readonly epoch: string
  readonly generation: number
  /** The frames up to here are in the log, by earlier generations; -1: there were none. */
  readonly after: number
}

export interface FrameLedger extends FrameLedgerStart {
  /** Highest number taken; -1: none. */
  readonly receivedSeq: number
  /** Parts on their way into the log. */
  readonly pendingParts: number
  /** A part was lost: nothing after it can be acknowledged, and the epoch must go on elsewhere. */
  readonly broken: boolean
  /** When and where in time (both monotonic ms) the epoch was last heard of here. */
  lastSeenAt: number
  lastCapturedAt: number
  /**
   * Takes a frame, whose number is above all those taken before.
   * @param counts it leaves something in the open window.
   */
  take(seq: number, counts: boolean): void
  /** The window was closed: which frames its part accounts for; null: none that is not accounted for. */
  cut(): FrameSpan | null
  /** The part with the last cut is on its way as this event. */
  sent(event: NewSessionEvent): void
  durable(event: NewSessionEvent): void
  lost(): void
  /** Every frame up to this one is accounted for, whatever happens to this process; -1: none. */
  ackSeq(): number
}

export function createFrameLedger(start: FrameLedgerStart): FrameLedger {
  const { epoch, generation, after } = start
  const pending: { readonly event: NewSessionEvent; readonly to: number; isDurable: boolean }[] = []
  let cutSeq = after
  let durableSeq = after
  let hasCounted = false

  const ledger: { -readonly [Key in keyof FrameLedger]: FrameLedger[Key] } = {
    ...{ epoch, generation, after },
    ...{ receivedSeq: after, pendingParts: 0, broken: false },
    lastSeenAt: Number.NEGATIVE_INFINITY,
    lastCapturedAt: Number.NEGATIVE_INFINITY,
    take(seq, counts) {
      ledger.receivedSeq = seq
      if (counts) hasCounted = true
    },
    cut() {
      hasCounted = false
      if (ledger.receivedSeq === cutSeq) return null
      const from = cutSeq + 1
      cutSeq = ledger.receivedSeq
      return { epoch, generation, after, from, to: cutSeq }
    },
    sent(event) {
      pending.push({ event, to: cutSeq, isDurable: false })
      ledger.pendingParts = pending.length
    },
    durable(event) {
      const found = pending.find((each) => each.event === event)
      if (found === undefined) return
      found.isDurable = true
      while (pending[0]?.isDurable) durableSeq = pending.shift()?.to ?? durableSeq
      ledger.pendingParts = pending.length
    },
    lost() {
      ledger.broken = true
    },
    ackSeq() {
      if (pending.length === 0 && !hasCounted && !ledger.broken) {
        cutSeq = ledger.receivedSeq
        durableSeq = cutSeq
      }
      return durableSeq
    },
  }
  return ledger
}
