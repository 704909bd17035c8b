/** Landmark frames of a client that said `hello`, as bytes or as text. */
import {
  decodeLandmarkFrame,
  decodeLandmarkJson,
  FRAME_HEADER_BYTES,
  type FrameProblem,
  type LandmarkFrame,
  NO_SEQ,
  peekClientTime,
  peekSeq,
  readLandmarkMessage,
} from '@bemore/protocol'
import type { AckSender } from './ack-sender.js'
import type { Clock } from './clock.js'
import type { FaceTrack } from './face-track.js'
import type { FrameStream } from './frame-stream.js'
import { createNumberedFrames } from './numbered-frames.js'
import { type Peer, sendText } from './peer.js'
import { isWithinAllowance } from './rate-notice.js'
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
  const frames = createNumberedFrames<FaceTrack>({
    ...{ clock, acks },
    medium: {
      ...{ channel: 'landmarks', modality: 'face' },
      counts,
      lineOf: (session) => session.face,
      isAffordable: (peer, atMs) => shedding.isMeasured(peer, atMs),
      decode: (bytes) => decodeLandmarkFrame(bytes, frame),
      observe(peer, face, wallMs, atMs, capturedAt) {
        const affect = face.observe(frame, wallMs, atMs, capturedAt)
        if (affect !== null) sendText(peer, affect, atMs)
      },
    },
  })

  /** Where a frame is counted that was not read, so that only its arrival is known. */
  const openWindowOf = ({ session }: Peer): FaceTrack | null => {
    if (session.status !== 'active' || !session.consent.isAllowed('face')) return null
    session.face.closeDue(clock.wallMs())
    return session.face.track()
  }

  return {
    takeBinary(peer, stream, bytes, atMs) {
      counts.received += 1
      const isWithin = isWithinAllowance(peer, 'landmarks', atMs)
      if (stream.ledger === null || peer.closed) return null
      if (bytes.length < FRAME_HEADER_BYTES) return 'TRUNCATED'
      return frames.take(peer, stream, peekSeq(bytes), peekClientTime(bytes), bytes, isWithin, atMs)
    },
    takeText(peer, stream, source, atMs) {
      counts.received += 1
      const isWithin = isWithinAllowance(peer, 'landmarks', atMs)
      if (stream.ledger === null || peer.closed) return null
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
      return frames.take(peer, stream, frame.seq, frame.clientTimeMs, null, isWithin, atMs)
    },
  }
}
