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
  WINDOW_MS,
  windowEndsAt,
  windowIndexAt,
} from '@bemore/core'
import type { VoiceActivityData, VoiceFrame } from '@bemore/protocol'
import type { WindowTrack } from './media-line.js'
import type { FrameTally } from './numbered-frames.js'

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

const NO_WINDOW = -1

export function createVoiceTrack(startedAt: number, reader: VoiceReader): VoiceTrack {
  const engine = createVoiceEngine({ reader })
  const window = createVoiceWindow()
  const open = { index: NO_WINDOW }

  const enter = (wallMs: number): void => {
    if (open.index === NO_WINDOW) open.index = windowIndexAt(startedAt, wallMs)
  }

  const track: { -readonly [Key in keyof VoiceTrack]: VoiceTrack[Key] } = {
    isSpeaking: false,
    arousal: null,
    heardAt: Number.NEGATIVE_INFINITY,
    observe(frame, wallMs) {
      enter(wallMs)
      take(engine.observe(frame, wallMs))
      if (track.isSpeaking) track.heardAt = wallMs
    },
    observeActivity({ isSpeech, duration }, wallMs) {
      enter(wallMs)
      const activity = duration === undefined ? { isSpeech } : { isSpeech, durationMs: duration }
      take(engine.observeActivity(activity, wallMs))
    },
    countRejected(wallMs) {
      enter(wallMs)
      window.countRejected()
    },
    countDropped(wallMs) {
      enter(wallMs)
      window.countDropped(1)
    },
    isDue(wallMs, graceMs) {
      if (open.index === NO_WINDOW || open.index === windowIndexAt(startedAt, wallMs)) return false
      return graceMs === 0 || open.index !== windowIndexAt(startedAt, wallMs - graceMs)
    },
    close(wallMs) {
      const { index } = open
      if (index === NO_WINDOW) return null
      open.index = NO_WINDOW
      const endsAt = windowEndsAt(startedAt, index)
      const startsAt = endsAt - WINDOW_MS
      // A wall clock set back must not give a window a negative length.
      const closedAt = Math.min(endsAt, Math.max(startsAt, wallMs))
      take(engine.settle(closedAt))
      const data = window.isEmpty() ? null : window.toData(index, startsAt, closedAt)
      window.clear()
      return data
    },
    finish(wallMs) {
      if (open.index !== NO_WINDOW) take(engine.finish(wallMs))
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
