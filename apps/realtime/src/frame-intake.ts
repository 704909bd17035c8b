/**
 * The hot path: message → decode → observe → accumulate. One frame object and one engine call a
 * message, nothing allocated here and nothing logged. Landmarks of a session that is paused or ended
 * are dropped before they cost a decode.
 */
import {
  decodeLandmarkFrame,
  type FrameProblem,
  type FrameVerdict,
  type LandmarkFrame,
  type LandmarkMessageVerdict,
  parseJson,
  readLandmarkMessage,
  scanLandmarkJson,
} from '@bemore/protocol'
import type { Clock } from './clock.js'
import { tellRefused } from './consent-gate.js'
import type { NumberedIntake } from './numbered-intake.js'
import { type Peer, sendText } from './peer.js'
import { isWithinAllowance } from './rate-notice.js'
import type { Shedding } from './shedding.js'
import type { FrameCounts } from './traffic.js'

/** Each gives what was wrong with the frame, or null. */
export interface FrameIntake {
  takeBinary(peer: Peer, bytes: Uint8Array, atMs: number): FrameProblem | null
  takeText(peer: Peer, bytes: Uint8Array, atMs: number): FrameProblem | 'NOT_LANDMARKS' | null
  /** A frame that was parsed already: one without a face is as short as a control message. */
  takeMessage(peer: Peer, message: unknown, atMs: number): FrameProblem | null
}

export interface FrameIntakeDeps {
  readonly clock: Clock
  /** Shared by every socket of the process: a frame is done with when the call returns. */
  readonly frame: LandmarkFrame
  readonly shedding: Shedding
  readonly counts: FrameCounts
  /** For clients that said `hello`. */
  readonly numbered: NumberedIntake
}

export function createFrameIntake(deps: FrameIntakeDeps): FrameIntake {
  const { clock, frame, shedding, counts, numbered } = deps
  /** Whether a frame of this socket is to be looked at; counts it where it is too much. */
  const isWanted = (peer: Peer, atMs: number): boolean => {
    const { session } = peer
    counts.received += 1
    const within = isWithinAllowance(peer, 'landmarks', atMs)
    if (peer.closed || session.status !== 'active') {
      counts.unwanted += 1
      return false
    }
    const refusal = session.consent.refused.face
    if (refusal !== null) {
      counts.withoutConsent += 1
      tellRefused(peer, 'face', refusal, atMs)
      return false
    }
    if (!within) counts.overRate += 1
    else if (shedding.isMeasured(peer, atMs)) return true
    else counts.shed += 1
    const wallMs = clock.wallMs()
    session.face.closeDue(wallMs)
    session.face.track().countDropped(wallMs)
    return false
  }

  const settle = (peer: Peer, verdict: FrameVerdict, atMs: number): FrameProblem | null => {
    const { session } = peer
    const wallMs = clock.wallMs()
    session.face.closeDue(wallMs)
    const face = session.face.track()
    if (verdict !== 'ok') {
      face.countRejected(wallMs)
      return verdict
    }
    counts.measured += 1
    const capturedAt = peer.meters.frameClock.capturedAt(frame.clientTimeMs, atMs)
    const affect = face.observe(frame, wallMs, atMs, capturedAt)
    if (affect !== null) sendText(peer, affect, atMs)
    return null
  }

  return {
    takeBinary(peer, bytes, atMs) {
      if (peer.streams.landmarks !== null)
        return numbered.takeBinary(peer, peer.streams.landmarks, bytes, atMs)
      if (!isWanted(peer, atMs)) return null
      return settle(peer, decodeLandmarkFrame(bytes, frame), atMs)
    },
    takeText(peer, bytes, atMs) {
      if (peer.streams.landmarks !== null)
        return numbered.takeText(peer, peer.streams.landmarks, bytes, atMs)
      if (!isWanted(peer, atMs)) return null
      const verdict = decodeText(bytes, frame)
      return verdict === 'NOT_LANDMARKS' ? verdict : settle(peer, verdict, atMs)
    },
    takeMessage(peer, message, atMs) {
      if (peer.streams.landmarks !== null) {
        const problem = numbered.takeText(peer, peer.streams.landmarks, { message }, atMs)
        return problem === 'NOT_LANDMARKS' ? 'BAD_DATA' : problem
      }
      if (!isWanted(peer, atMs)) return null
      const verdict = readLandmarkMessage(message, frame)
      return verdict === 'NOT_LANDMARKS' ? 'BAD_DATA' : settle(peer, verdict, atMs)
    },
  }
}

function decodeText(bytes: Uint8Array, frame: LandmarkFrame): LandmarkMessageVerdict {
  if (scanLandmarkJson(bytes, frame) === 'ok') return 'ok'
  const message = parseJson(bytes)
  return message === undefined ? 'NOT_JSON' : readLandmarkMessage(message, frame)
}
