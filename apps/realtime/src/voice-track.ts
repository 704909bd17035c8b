/**
 * The voice of one session on this process: its detector, and the window that is open. Windows are
 * those of the session's clock, and a piece of sound belongs to the one in which it was spoken.
 */
import {
  createVoiceEngine,
  createVoiceWindow,
  type VoiceEstimate,
  type VoiceReader,
  type VoiceWindowData,
} from '@bemore/core'
import type { VoiceActivityData, VoiceFrame } from '@bemore/protocol'
import type { WindowTrack } from './media-line.js'
import type { FrameTally } from './numbered-frames.js'
import { createOpenWindow } from './open-window.js'

export interface VoiceTrack extends WindowTrack<VoiceWindowData>, FrameTally {
  /** @param wallMs when its first sample was spoken, Unix ms. */
  observe(frame: VoiceFrame, wallMs: number): void
  observeActivity(activity: VoiceActivityData, wallMs: number): void
  /** Decides all that is undecided: the session is paused, or the microphone is gone. */
  finish(wallMs: number): void
  readonly isSpeaking: boolean
  /** -1..1, against the session's own voice; null before enough was heard. */
  readonly arousal: number | null
  /** When speech was heard last, Unix ms. */
  readonly heardAt: number
}

export function createVoiceTrack(startedAt: number, reader: VoiceReader): VoiceTrack {
  const engine = createVoiceEngine({ reader })
  const window = createVoiceWindow()
  const open = createOpenWindow(startedAt, window)

  const track: { -readonly [Key in keyof VoiceTrack]: VoiceTrack[Key] } = {
    isSpeaking: false,
    arousal: null,
    heardAt: Number.NEGATIVE_INFINITY,
    observe(frame, wallMs) {
      open.enter(wallMs)
      take(engine.observe(frame, wallMs))
      if (track.isSpeaking) track.heardAt = wallMs
    },
    observeActivity({ isSpeech, duration }, wallMs) {
      open.enter(wallMs)
      const activity = duration === undefined ? { isSpeech } : { isSpeech, durationMs: duration }
      take(engine.observeActivity(activity, wallMs))
    },
    countRejected(wallMs) {
      open.enter(wallMs)
      window.countRejected()
    },
    countDropped(wallMs) {
      open.enter(wallMs)
      window.countDropped(1)
    },
    isDue: open.isDue,
    close: (wallMs) => open.close(wallMs, (closedAt) => take(engine.settle(closedAt))),
    finish(wallMs) {
      if (open.isOpen()) take(engine.finish(wallMs))
      track.isSpeaking = false
      track.arousal = null
    },
  }
  const take = (estimate: VoiceEstimate): void => {
    window.add(estimate)
    track.isSpeaking = estimate.speaking
    track.arousal = estimate.arousal
  }
  return track
}
