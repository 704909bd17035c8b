/**
 * The voice of one session on this process: its detector, and the window that is open. Windows are
 * those of the session's clock, and a piece of sound belongs to the one in which it was spoken.
 */
import {
  createVoiceEngine,
  createVoiceWindow,
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
}
