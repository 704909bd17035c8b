import type { FrameChannel } from './frame-channel.js'
import type { FrameClock } from './frame-clock.js'
import type { FrameLedger } from './frame-ledger.js'

/** The numbered frames of one channel, of a connection that said `hello`. */
export interface FrameStream {
  readonly channel: FrameChannel
  /** null until it is found: frames are not taken, the client waits for `ready`. */
  readonly ledger: FrameLedger | null
  readonly clock: FrameClock
  /** Frames taken since the last `ack`. */
  unacked: number
  /** What the last `ack` said. */
  toldSeq: number
  toldReceived: number
  toldCredit: number
}

export function createFrameStream(
  channel: FrameChannel,
  ledger: FrameLedger | null,
  clock: FrameClock,
): FrameStream {
  return {
    channel,
    ledger,
    clock,
    unacked: 0,
    toldSeq: ledger?.ackSeq() ?? -1,
    toldReceived: ledger?.receivedSeq ?? -1,
    toldCredit: 0,
  }
}
