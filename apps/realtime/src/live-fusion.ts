/**
 * What is known here of a session's voice and words, to be fused with its face: for the live estimate
 * and for the window that closes. What another process heard comes with the log.
 */
import {
  discountSpeech,
  type FaceEstimate,
  type FaceWindowData,
  type FusedAffect,
  fuse,
  fuseWindow,
  mergeVoiceWindows,
  type SpokenWords,
  textOf,
  type VoiceWindowData,
  windowEndsAt,
} from '@bemore/core'
import type { VoiceTrack } from './voice-track.js'

export interface LiveFusion {
  /** The voice that is heard here; null: none is. */
  voice: VoiceTrack | null
  /** The last live estimate; null before there was one. */
  readonly latest: FusedAffect | null
  hearWindow(window: VoiceWindowData): void
  /** A part that another process heard. */
  hearPart(part: VoiceWindowData): void
  hearWords(words: SpokenWords): void
  forgetVoice(): void
  forgetWords(): void
  fuseEstimate(estimate: FaceEstimate, wallMs: number): FusedAffect
  fuseWindow(face: FaceWindowData, startedAt: number): FusedAffect
}

/** Windows whose estimate may still be told. */
const WINDOWS = 3
/** Utterances of the last minute, of somebody who speaks very fast. */
const UTTERANCES = 30
/** What a voice told is of no meaning for now after this. */
const VOICE_LASTS_MS = 10_000
/** How well a voice can be told that is heard right now: its window says so only at its end. */
const LIVE_VOICE_QUALITY = 0.7

export function createLiveFusion(): LiveFusion {
  const windows = new Map<number, VoiceWindowData>()
  const spoken: SpokenWords[] = []
  const keep = (window: VoiceWindowData): void => {
    windows.delete(window.index)
    windows.set(window.index, window)
    if (windows.size > WINDOWS) windows.delete(windows.keys().next().value as number)
  }

  const fusion: { -readonly [Key in keyof LiveFusion]: LiveFusion[Key] } = {
    voice: null,
    latest: null,
    hearWindow: keep,
    hearPart(part) {
      const known = windows.get(part.index)
      keep(known === undefined ? part : mergeVoiceWindows([known, part]))
    },
    hearWords(words) {
      spoken.push(words)
      if (spoken.length > UTTERANCES) spoken.shift()
    },
    forgetVoice() {
      windows.clear()
      fusion.voice = null
    },
    forgetWords() {
      spoken.length = 0
    },
    fuseEstimate(estimate, wallMs) {
      const { probabilities, valence, arousal, dominance, quality } = estimate
      const isMeasured = estimate.status === 'measured'
      const { voice } = fusion
      const isFresh = voice !== null && wallMs - voice.heardAt <= VOICE_LASTS_MS
      const heard = isFresh ? voice.arousal : null
      const isSpeaking = fusion.voice?.isSpeaking ?? false
      const face = { probabilities, valence, arousal, dominance, quality }
      fusion.latest = fuse({
        face: isMeasured ? discountSpeech(face, estimate.actionUnits, isSpeaking ? 1 : 0) : null,
        voice: heard === null ? null : { arousal: heard, quality: LIVE_VOICE_QUALITY },
        text: textOf(spoken, wallMs),
        speaking: isSpeaking,
      })
      return fusion.latest
    },
    fuseWindow: (face, startedAt) =>
      fuseWindow(
        face,
        windows.get(face.index) ?? null,
        spoken,
        windowEndsAt(startedAt, face.index),
      ),
  }
  return fusion
}
