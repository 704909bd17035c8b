/**
 * What this process measures of a session: its face and its voice, each a line of windows, and what the
 * three modalities say together.
 */
import {
  type BaselineSnapshot,
  createEvent,
  type FaceWindowData,
  mergeFaceWindows,
  mergeVoiceWindows,
  type NewSessionEvent,
  type VoiceWindowData,
  voiceAnalysisOf,
} from '@bemore/core'
import type { Channel, Language, ServerMessage } from '@bemore/protocol'
import type { Clock } from './clock.js'
import { emotionUpdateOf } from './emotion-update.js'
import type { FaceTrack } from './face-track.js'
import type { FrameChannel } from './frame-channel.js'
import { createLiveFusion, type LiveFusion } from './live-fusion.js'
import { createMediaLine, type MediaLine } from './media-line.js'
import type { VoiceTrack } from './voice-track.js'
import type { WindowPublisher } from './window-publisher.js'

/** What was learnt of a face is saved this often, and when the camera goes: about 1 KB a minute. */
const WINDOWS_PER_BASELINE = 6

export interface SessionMedia {
  readonly face: MediaLine<FaceTrack>
  readonly voice: MediaLine<VoiceTrack>
  readonly fusion: LiveFusion
  /** Closes what is due by the clock alone. */
  closeOverdue(wallMs: number): void
  /** Closes the open windows early. */
  close(): void
  /** The camera is gone: what was learnt of the face is kept for whoever gets it back. */
  rest(): void
  /** The microphone is gone. */
  restVoice(): void
  /** What follows on this channel may be of a time before the last frame that was measured. */
  rewind(channel: FrameChannel): void
  /** What another process learnt of the face; it matters as long as the engine here has not begun. */
  learn(baseline: BaselineSnapshot): void
  /** May no longer be read: what is open is not stored, what was learnt is forgotten. */
  withdraw(modality: 'face' | 'voice'): void
  discard(): void
}

export interface MediaTracks {
  createFaceTrack(
    startedAt: number,
    baseline: BaselineSnapshot | null,
    fusion: LiveFusion,
  ): FaceTrack
  createVoiceTrack(startedAt: number): VoiceTrack
}

export interface SessionMediaDeps extends MediaTracks {
  readonly processId: string
  readonly clock: Clock
  readonly windows: WindowPublisher
}

/** The session it is part of, as far as it needs to know it. */
export interface MediaOwner {
  readonly id: string
  readonly startedAt: number
  readonly language: Language
  readonly deleted: boolean
  readonly appliedSeq: number
  /** The beginning of what was said last. */
  snippet(wallMs: number): string
  push(event: NewSessionEvent): void
  broadcast(message: ServerMessage, to?: Channel): void
}

export function createSessionMedia(
  deps: SessionMediaDeps,
  owner: MediaOwner,
  restored: BaselineSnapshot | null,
): SessionMedia {
  const { clock, processId, windows } = deps
  const fusion = createLiveFusion()
  let baseline = restored
  let windowsSinceSaved = 0

  const saveBaseline = (): void => {
    windowsSinceSaved = 0
    const learnt = face.made?.takeBaseline() ?? null
    if (learnt === null) return
    owner.push(createEvent('baseline.set', clock.wallMs(), { baseline: learnt }))
  }
  const face = createMediaLine<FaceTrack, FaceWindowData>({
    clock,
    createTrack: () => deps.createFaceTrack(owner.startedAt, baseline, fusion),
    merge: mergeFaceWindows,
    publish(window, whole, ledger) {
      if (owner.deleted) return
      windows.publish(
        owner.id,
        ledger,
        (frames) => createEvent('face.window', clock.wallMs(), { processId, window, ...frames }),
        () => {
          const affect = fusion.fuseWindow(whole, owner.startedAt)
          const wallMs = clock.wallMs()
          const data = emotionUpdateOf(whole, affect, owner.snippet(wallMs), wallMs)
          // What a client need not be told again: everything the log had up to here.
          owner.broadcast({ type: 'emotion_update', data, seq: owner.appliedSeq }, 'landmarks')
        },
      )
    },
    onWindowOver() {
      windowsSinceSaved += 1
      if (windowsSinceSaved >= WINDOWS_PER_BASELINE) saveBaseline()
    },
  })
  const voice = createMediaLine<VoiceTrack, VoiceWindowData>({
    clock,
    createTrack() {
      fusion.voice = deps.createVoiceTrack(owner.startedAt)
      return fusion.voice
    },
    merge: mergeVoiceWindows,
    isLateExpected: true,
    publish(window, whole, ledger) {
      if (owner.deleted) return
      fusion.hearWindow(whole)
      windows.publish(
        owner.id,
        ledger,
        (frames) => createEvent('voice.window', clock.wallMs(), { processId, window, ...frames }),
        () => {
          const data = voiceAnalysisOf(whole, owner.language)
          if (data === null) return
          owner.broadcast({ type: 'vad_analysis', data, seq: owner.appliedSeq }, 'voice')
        },
      )
    },
  })

  return {
    face,
    voice,
    fusion,
    closeOverdue(wallMs) {
      // The voice first: what it says of a window belongs to the estimate of that window.
      voice.closeOverdue(wallMs)
      face.closeOverdue(wallMs)
    },
    close() {
      // A turn that is cut off here ends here.
      voice.made?.finish(clock.wallMs())
      voice.close()
      face.close()
    },
    restVoice() {
      voice.made?.finish(clock.wallMs())
      voice.close()
    },
    rest() {
      face.close()
      saveBaseline()
    },
    rewind(channel) {
      if (channel === 'voice') return voice.discard()
      baseline = face.made?.takeBaseline() ?? baseline
      face.discard()
    },
    learn(snapshot) {
      baseline = snapshot
    },
    withdraw(modality) {
      if (modality === 'face') {
        baseline = null
        face.discard()
      } else {
        fusion.forgetVoice()
        voice.discard()
      }
    },
    discard() {
      face.discard()
      voice.discard()
    },
  }
}
