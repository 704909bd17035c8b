/**
 * Frames of a client that said `hello`. Every number is accounted for, whatever becomes of its frame,
 * and a frame belongs to the moment it was taken, which may be long before it arrives.
 */
import { type FrameProblem, type FrameVerdict, isClientTime } from '@bemore/protocol'
import type { AckSender } from './ack-sender.js'
import type { Clock } from './clock.js'
import { tellRefused } from './consent-gate.js'
import type { FrameChannel } from './frame-channel.js'
import type { FrameLedger } from './frame-ledger.js'
import type { FrameStream } from './frame-stream.js'
import type { LiveSession } from './live-session.js'
import type { MediaLine } from './media-line.js'
import type { Peer } from './peer.js'
import { tellNoCredit } from './rate-notice.js'
import type { FrameCounts } from './traffic.js'

/** What counts frames that were not looked at. */
export interface FrameTally {
  /** A frame that could not be decoded. */
  countRejected(wallMs: number): void
  /** A frame above the rate, not looked at. */
  countDropped(wallMs: number): void
}

/** What the two kinds of frames do not share. */
export interface FrameMedium<Track extends FrameTally> {
  readonly channel: FrameChannel
  readonly modality: 'face' | 'voice'
  readonly counts: FrameCounts
  lineOf(session: LiveSession): MediaLine<Track>
  /** Whether the process has the time for this frame. */
  isAffordable(peer: Peer, atMs: number): boolean
  decode(bytes: Uint8Array): FrameVerdict
  /** Measures the frame that was decoded last. */
  observe(peer: Peer, track: Track, wallMs: number, atMs: number, capturedAt: number): void
}

export interface NumberedFrames {
  /**
   * A frame whose number may have been taken before.
   * @param clientTimeMs when it was taken, by the client's clock.
   * @param bytes to be decoded; null: it was decoded already, and is good.
   * @param isWithin its allowance lets it pass.
   * @returns what was wrong with it, or null.
   */
  take(
    peer: Peer,
    stream: FrameStream,
    seq: number,
    clientTimeMs: number,
    bytes: Uint8Array | null,
    isWithin: boolean,
    atMs: number,
  ): FrameProblem | null
}

export interface NumberedFramesDeps<Track extends FrameTally> {
  readonly clock: Clock
  readonly acks: AckSender
  readonly medium: FrameMedium<Track>
}

export function createNumberedFrames<Track extends FrameTally>(
  deps: NumberedFramesDeps<Track>,
): NumberedFrames {
  const { clock, acks, medium } = deps
  const { channel, counts } = medium

  /** When a frame was taken, monotonic ms; of a time that no clock shows, when it arrived. */
  const captureTime = (stream: FrameStream, clientTimeMs: number, atMs: number): number =>
    isClientTime(clientTimeMs) ? stream.clock.capturedAt(clientTimeMs, atMs) : atMs

  /** The same as Unix ms, and within the session. */
  const wallTimeOf = (peer: Peer, capturedAt: number, atMs: number): number =>
    Math.max(peer.session.startedAt, clock.wallMs() - (atMs - capturedAt))

  /** Without credit, the newest frame now and then is all that is looked at. */
  const hasCredit = (peer: Peer, ledger: FrameLedger, atMs: number): boolean => {
    if (!acks.isStopped(ledger) || peer.meters.samples.take(atMs)) return true
    counts.withoutCredit += 1
    tellNoCredit(peer, channel, atMs)
    return false
  }

  const isLookedAt = (peer: Peer, ledger: FrameLedger, isWithin: boolean, atMs: number) => {
    if (!isWithin) counts.overRate += 1
    if (!isWithin || !hasCredit(peer, ledger, atMs)) return false
    if (medium.isAffordable(peer, atMs)) return true
    counts.shed += 1
    return false
  }

  /** What becomes of a frame that was not taken before. */
  const settle = (
    peer: Peer,
    stream: FrameStream,
    ledger: FrameLedger,
    seq: number,
    clientTimeMs: number,
    bytes: Uint8Array | null,
    isWithin: boolean,
    atMs: number,
  ): FrameProblem | null => {
    const { session } = peer
    const line = medium.lineOf(session)
    const capturedAt = captureTime(stream, clientTimeMs, atMs)
    ledger.lastSeenAt = atMs
    ledger.lastCapturedAt = capturedAt
    const takenAt = wallTimeOf(peer, capturedAt, atMs)
    const { modality } = medium
    const refusal = session.consent.refused[modality]
    if (refusal !== null || !session.consent.isCovered(modality, takenAt)) {
      // Accounted for like a pause: what is not taken must not keep the rest from being acknowledged.
      ledger.take(seq, false)
      counts.withoutConsent += 1
      if (refusal !== null) tellRefused(peer, modality, refusal, atMs)
      return null
    }
    const isPaused = session.pauses.wasPausedAt(takenAt)
    // Before the number is taken: the part that is closed here accounts for those before it.
    if (!isPaused) line.closeDue(takenAt)
    ledger.take(seq, !isPaused)
    if (isPaused) {
      counts.unwanted += 1
      return null
    }
    const track = line.track()
    if (!isLookedAt(peer, ledger, isWithin, atMs)) {
      track.countDropped(takenAt)
      return null
    }
    const verdict = bytes === null ? 'ok' : medium.decode(bytes)
    if (verdict !== 'ok') {
      track.countRejected(takenAt)
      return verdict
    }
    counts.measured += 1
    medium.observe(peer, track, takenAt, atMs, capturedAt)
    return null
  }

  return {
    take(peer, stream, seq, clientTimeMs, bytes, isWithin, atMs) {
      const { ledger } = stream
      if (ledger === null || peer.closed) return null
      if (seq <= ledger.receivedSeq) {
        counts.repeated += 1
        return null
      }
      const problem = settle(peer, stream, ledger, seq, clientTimeMs, bytes, isWithin, atMs)
      acks.taken(peer, stream, atMs)
      return problem
    },
  }
}
