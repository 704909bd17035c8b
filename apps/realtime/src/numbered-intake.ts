/**
 * Frames of a client that said `hello`. Every number is accounted for, whatever becomes of its frame,
 * and a frame belongs to the moment it was taken, which may be long before it arrives.
 */
import {
  decodeLandmarkFrame,
  decodeLandmarkJson,
  FRAME_HEADER_BYTES,
  type FrameProblem,
  type FrameVerdict,
  isClientTime,
  type LandmarkFrame,
  NO_SEQ,
  peekClientTime,
  peekSeq,
  readLandmarkMessage,
} from '@bemore/protocol'
import type { AckSender } from './ack-sender.js'
import type { Clock } from './clock.js'
import { tellRefused } from './consent-gate.js'
import type { FaceTrack } from './face-track.js'
import type { FrameLedger } from './frame-ledger.js'
import type { FrameStream } from './frame-stream.js'
import { type Peer, sendText } from './peer.js'
import { isWithinAllowance, tellNoCredit } from './rate-notice.js'
import type { Shedding } from './shedding.js'
import type { FrameCounts } from './traffic.js'

export interface NumberedIntake {
  takeBinary(peer: Peer, stream: FrameStream, bytes: Uint8Array, atMs: number): FrameProblem | null
  /**
   * A frame that came as text: its number is only known once it is decoded.
   * @param source the bytes of the message, or the message where it was parsed already.
   */
  takeText(
    peer: Peer,
    stream: FrameStream,
    source: Uint8Array | { readonly message: unknown },
    atMs: number,
  ): FrameProblem | 'NOT_LANDMARKS' | null
}

export interface NumberedIntakeDeps {
  readonly clock: Clock
  readonly acks: AckSender
  readonly shedding: Shedding
  readonly counts: FrameCounts
  /** Shared by every socket of the process: a frame is done with when the call returns. */
  readonly frame: LandmarkFrame
}

export function createNumberedIntake(deps: NumberedIntakeDeps): NumberedIntake {
  const { clock, acks, shedding, counts, frame } = deps

  /** When a frame was taken, monotonic ms; of a time that no clock shows, when it arrived. */
  const captureTime = (stream: FrameStream, clientTimeMs: number, atMs: number): number =>
    isClientTime(clientTimeMs) ? stream.clock.capturedAt(clientTimeMs, atMs) : atMs

  /** The same as Unix ms, and within the session. */
  const wallTimeOf = (peer: Peer, capturedAt: number, atMs: number): number =>
    Math.max(peer.session.startedAt, clock.wallMs() - (atMs - capturedAt))

  /** Where a frame is counted that was not read, so that only its arrival is known. */
  const openWindowOf = ({ session }: Peer): FaceTrack | null => {
    if (session.status !== 'active' || !session.consent.isAllowed('face')) return null
    session.closeDueWindow(clock.wallMs())
    return session.face()
  }

  const repeated = (): null => {
    counts.repeated += 1
    return null
  }

  /** Without credit, the newest frame now and then is all that is looked at. */
  const hasCredit = (peer: Peer, ledger: FrameLedger, atMs: number): boolean => {
    if (!acks.isStopped(ledger) || peer.meters.samples.take(atMs)) return true
    counts.withoutCredit += 1
    tellNoCredit(peer, atMs)
    return false
  }

  const isLookedAt = (peer: Peer, ledger: FrameLedger, isWithin: boolean, atMs: number) => {
    if (!isWithin) counts.overRate += 1
    if (!isWithin || !hasCredit(peer, ledger, atMs)) return false
    if (shedding.isMeasured(peer, atMs)) return true
    counts.shed += 1
    return false
  }

  /**
   * What becomes of a frame that was not taken before.
   * @param bytes to be decoded; null: `frame` holds it already.
   * @param isWithin its allowance lets it pass.
   */
  const settle = (
    peer: Peer,
    stream: FrameStream,
    ledger: FrameLedger,
    seq: number,
    bytes: Uint8Array | null,
    isWithin: boolean,
    atMs: number,
  ): FrameProblem | null => {
    const { session } = peer
    const clientTimeMs = bytes === null ? frame.clientTimeMs : peekClientTime(bytes)
    const capturedAt = captureTime(stream, clientTimeMs, atMs)
    ledger.lastSeenAt = atMs
    ledger.lastCapturedAt = capturedAt
    const takenAt = wallTimeOf(peer, capturedAt, atMs)
    const refusal = session.consent.refused.face
    if (refusal !== null || !session.consent.isCovered('face', takenAt)) {
      // Accounted for like a pause: what is not taken must not keep the rest from being acknowledged.
      ledger.take(seq, false)
      counts.withoutConsent += 1
      if (refusal !== null) tellRefused(peer, 'face', refusal, atMs)
      return null
    }
    const isPaused = session.pauses.wasPausedAt(takenAt)
    // Before the number is taken: the part that is closed here accounts for those before it.
    if (!isPaused) session.closeDueWindow(takenAt)
    ledger.take(seq, !isPaused)
    if (isPaused) {
      counts.unwanted += 1
      return null
    }
    const face = session.face()
    if (!isLookedAt(peer, ledger, isWithin, atMs)) {
      face.countDropped(takenAt)
      return null
    }
    const verdict: FrameVerdict = bytes === null ? 'ok' : decodeLandmarkFrame(bytes, frame)
    if (verdict !== 'ok') {
      face.countRejected(takenAt)
      return verdict
    }
    counts.measured += 1
    const affect = face.observe(frame, takenAt, atMs, capturedAt)
    if (affect !== null) sendText(peer, affect, atMs)
    return null
  }

  return {
    takeBinary(peer, stream, bytes, atMs) {
      counts.received += 1
      const isWithin = isWithinAllowance(peer, 'frame', atMs)
      const { ledger } = stream
      if (ledger === null || peer.closed) return null
      if (bytes.length < FRAME_HEADER_BYTES) return 'TRUNCATED'
      const seq = peekSeq(bytes)
      if (seq <= ledger.receivedSeq) return repeated()
      const problem = settle(peer, stream, ledger, seq, bytes, isWithin, atMs)
      acks.taken(peer, stream, atMs)
      return problem
    },
    takeText(peer, stream, source, atMs) {
      counts.received += 1
      const isWithin = isWithinAllowance(peer, 'frame', atMs)
      const { ledger } = stream
      if (ledger === null || peer.closed) return null
      // Text costs most where it is decoded: above the rate it is not, and the next number covers it.
      if (!isWithin) {
        counts.overRate += 1
        openWindowOf(peer)?.countDropped(clock.wallMs())
        return null
      }
      const isParsed = !(source instanceof Uint8Array)
      const verdict = isParsed
        ? readLandmarkMessage(source.message, frame)
        : decodeLandmarkJson(source, frame)
      if (verdict !== 'ok') {
        if (verdict !== 'NOT_LANDMARKS') openWindowOf(peer)?.countRejected(clock.wallMs())
        return verdict
      }
      if (frame.seq === NO_SEQ) return 'BAD_SEQ'
      if (frame.seq <= ledger.receivedSeq) return repeated()
      const problem = settle(peer, stream, ledger, frame.seq, null, isWithin, atMs)
      acks.taken(peer, stream, atMs)
      return problem
    },
  }
}
