/**
 * Tells clients what became of their numbered frames: when 32 have come, else on the process's clock,
 * and only when there is something new.
 */
import type { RealtimeConfig } from '@bemore/ops'
import { creditOf, isStopped } from './credit.js'
import type { FrameChannel } from './frame-channel.js'
import type { FrameLedger } from './frame-ledger.js'
import type { FrameStream } from './frame-stream.js'
import { closePeerWithError, type Peer, send } from './peer.js'
import { BURST_SECONDS } from './peer-meters.js'

export interface AckSender {
  /** A frame was taken. */
  taken(peer: Peer, stream: FrameStream, atMs: number): void
  /** One turn of the clock for one peer's channel. */
  tick(peer: Peer, channel: FrameChannel, atMs: number): void
  creditFor(peer: Peer, channel: FrameChannel, ledger: FrameLedger, atMs: number): number
  /** Whether nothing may be sent for this ledger. */
  isStopped(ledger: FrameLedger): boolean
}

const FRAMES_PER_ACK = 32

export function createAckSender(config: Pick<RealtimeConfig, 'pendingPartsLimit'>): AckSender {
  const { pendingPartsLimit } = config

  const creditFor: AckSender['creditFor'] = (peer, channel, ledger, atMs) => {
    const { bucket, perSecond } = peer.meters[channel]
    // Only landmarks are passed over under load.
    const keepOneIn = channel === 'landmarks' ? peer.keepOneIn : 1
    return creditOf(bucket.available(atMs) / keepOneIn, perSecond * BURST_SECONDS, {
      pendingParts: ledger.pendingParts,
      pendingPartsLimit,
    })
  }

  const acknowledge = (
    peer: Peer,
    stream: FrameStream,
    ledger: FrameLedger,
    atMs: number,
  ): void => {
    // A part was dropped: what is behind it can only be counted if it is sent again, and that it can.
    if (ledger.broken) {
      closePeerWithError(peer, 'INTERNAL', 'unavailable', atMs)
      return
    }
    const seq = ledger.ackSeq()
    const received = ledger.receivedSeq
    const { channel } = stream
    const credit = creditFor(peer, channel, ledger, atMs)
    const isNews =
      seq !== stream.toldSeq ||
      received !== stream.toldReceived ||
      (credit === 0) !== (stream.toldCredit === 0)
    stream.unacked = 0
    if (!isNews) return
    stream.toldSeq = seq
    stream.toldReceived = received
    stream.toldCredit = credit
    send(peer, { type: 'ack', data: { channel, seq, received, credit } }, atMs)
  }

  return {
    creditFor,
    isStopped: (ledger) => isStopped(ledger.pendingParts, pendingPartsLimit),
    taken(peer, stream, atMs) {
      stream.unacked += 1
      if (stream.unacked < FRAMES_PER_ACK || stream.ledger === null) return
      acknowledge(peer, stream, stream.ledger, atMs)
    },
    tick(peer, channel, atMs) {
      const stream = peer.streams[channel]
      if (stream === null || stream.ledger === null) return
      acknowledge(peer, stream, stream.ledger, atMs)
    },
  }
}
