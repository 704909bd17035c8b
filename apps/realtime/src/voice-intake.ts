/**
 * Voice frames, and what clients say of voice that they detect themselves. Like landmarks, but every
 * frame that is let in is measured: the detector costs little, and a hole in the sound would be heard
 * as a pause in speech.
 */
import {
  createVoiceFrame,
  decodeVoiceFrame,
  FRAME_HEADER_BYTES,
  type FrameProblem,
  peekClientTime,
  peekSeq,
  readVoiceActivity,
} from '@bemore/protocol'
import type { AckSender } from './ack-sender.js'
import type { Clock } from './clock.js'
import { tellRefused } from './consent-gate.js'
import { createNumberedFrames } from './numbered-frames.js'
import type { Peer } from './peer.js'
import { isWithinAllowance } from './rate-notice.js'
import type { FrameCounts } from './traffic.js'
import type { VoiceTrack } from './voice-track.js'

export interface VoiceIntake {
  takeBinary(peer: Peer, bytes: Uint8Array, atMs: number): FrameProblem | null
  /** @returns what is wrong with the message, or null. */
  takeActivity(peer: Peer, message: unknown, atMs: number): string | null
}

export interface VoiceIntakeDeps {
  readonly clock: Clock
  readonly acks: AckSender
  readonly counts: FrameCounts
}

export function createVoiceIntake({ clock, acks, counts }: VoiceIntakeDeps): VoiceIntake {
  // One for all sockets: messages are handled one at a time.
  const frame = createVoiceFrame()
  const numbered = createNumberedFrames<VoiceTrack>({
    ...{ clock, acks },
    medium: {
      ...{ channel: 'voice', modality: 'voice' },
      counts,
      lineOf: (session) => session.voice,
      isAffordable: () => true,
      decode: (bytes) => decodeVoiceFrame(bytes, frame),
      observe: (_peer, voice, wallMs) => voice.observe(frame, wallMs),
    },
  })

  const takePlain = (peer: Peer, bytes: Uint8Array, atMs: number): FrameProblem | null => {
    const { session } = peer
    const isWithin = isWithinAllowance(peer, 'voice', atMs)
    if (peer.closed || session.status !== 'active') {
      counts.unwanted += 1
      return null
    }
    const refusal = session.consent.refused.voice
    if (refusal !== null) {
      counts.withoutConsent += 1
      tellRefused(peer, 'voice', refusal, atMs)
      return null
    }
    const wallMs = clock.wallMs()
    const verdict = isWithin ? decodeVoiceFrame(bytes, frame) : null
    // Sound arrives in bursts: where it belongs is told by the client's clock.
    const lagMs =
      verdict === 'ok' ? atMs - peer.meters.voiceClock.capturedAt(frame.clientTimeMs, atMs) : 0
    const takenAt = Math.max(session.startedAt, wallMs - lagMs)
    session.voice.closeDue(takenAt)
    const voice = session.voice.track()
    if (verdict === null) {
      counts.overRate += 1
      voice.countDropped(takenAt)
      return null
    }
    if (verdict !== 'ok') {
      voice.countRejected(takenAt)
      return verdict
    }
    counts.measured += 1
    voice.observe(frame, takenAt)
    return null
  }

  return {
    takeBinary(peer, bytes, atMs) {
      counts.received += 1
      const stream = peer.streams.voice
      if (stream === null) return takePlain(peer, bytes, atMs)
      const isWithin = isWithinAllowance(peer, 'voice', atMs)
      if (stream.ledger === null || peer.closed) return null
      if (bytes.length < FRAME_HEADER_BYTES) return 'TRUNCATED'
      const seq = peekSeq(bytes)
      return numbered.take(peer, stream, seq, peekClientTime(bytes), bytes, isWithin, atMs)
    },
    takeActivity(peer, message, atMs) {
      const activity = readVoiceActivity(message)
      if (activity === null) return 'BAD_VOICE_ACTIVITY'
      const { session } = peer
      if (session.status !== 'active') return null
      const refusal = session.consent.refused.voice
      if (refusal !== null) {
        tellRefused(peer, 'voice', refusal, atMs)
        return null
      }
      const wallMs = clock.wallMs()
      session.voice.closeDue(wallMs)
      session.voice.track().observeActivity(activity, wallMs)
      return null
    },
  }
}
