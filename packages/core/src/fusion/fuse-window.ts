/** The ten seconds of a window, as face, voice and words tell them together. */
import type { FaceWindowData } from '../face/window.js'
import type { TextEmotion } from '../session/text-events.js'
import type { VoiceWindowData } from '../voice/window.js'
import {
  type FaceEvidence,
  type FusedAffect,
  fuse,
  type TextEvidence,
  type VoiceEvidence,
} from './fuse.js'
import { discountSpeech } from './speaking-face.js'

/** An utterance as far as a window's estimate needs it. */
export interface SpokenWords {
  /** Unix ms. */
  readonly at: number
  readonly emotion: TextEmotion
}

/** Words are not heard any more after this: their weight is below a twentieth. */
const WORDS_LAST_MS = 60_000
/** Speech of a window that makes it one in which somebody spoke, ms. */
const SPEAKING_FROM_MS = 1_000

/**
 * @param spoken in order of time; those after the window, and long before it, are not looked at
 * @param endsAt the end of the window, Unix ms
 */
export function fuseWindow(
  face: FaceWindowData | null,
  voice: VoiceWindowData | null,
  spoken: readonly SpokenWords[],
  endsAt: number,
): FusedAffect {
  return fuse({
    face: faceOf(face, spokenShareOf(voice)),
    voice: voiceOf(voice),
    text: textOf(spoken, endsAt),
    speaking: voice !== null && voice.speechMs >= SPEAKING_FROM_MS,
  })
}

/** Of the window's time. */
function spokenShareOf(voice: VoiceWindowData | null): number {
  return voice === null || voice.endMs <= voice.startMs
    ? 0
    : voice.speechMs / (voice.endMs - voice.startMs)
}

function faceOf(face: FaceWindowData | null, spokenShare: number): FaceEvidence | null {
  if (face === null) return null
  const { probabilities, valence, arousal, dominance, quality, coverage } = face
  if (probabilities === null || valence === null || arousal === null || dominance === null)
    return null
  // A face that was hardly in view says little of the window, however well it was seen.
  const trusted = quality * Math.min(1, coverage * 4)
  const evidence = { probabilities, valence, arousal, dominance, quality: trusted }
  return face.actionUnits === null
    ? evidence
    : discountSpeech(evidence, face.actionUnits, spokenShare)
}

function voiceOf(voice: VoiceWindowData | null): VoiceEvidence | null {
  return voice === null || voice.arousal === null
    ? null
    : { arousal: voice.arousal, quality: voice.quality }
}

/** The utterance that weighs most at `endsAt`. */
export function textOf(spoken: readonly SpokenWords[], endsAt: number): TextEvidence | null {
  let best: TextEvidence | null = null
  let most = 0
  for (let i = spoken.length - 1; i >= 0; i--) {
    const { at, emotion } = spoken[i] as SpokenWords
    const ageMs = endsAt - at
    if (ageMs > WORDS_LAST_MS) break
    if (ageMs < 0 || emotion.probabilities === null || emotion.valence === null) continue
    const weight = emotion.confidence * Math.exp(-ageMs / 20_000)
    if (weight <= most) continue
    most = weight
    const { probabilities, valence, confidence } = emotion
    best = { probabilities, valence, ageMs, quality: Math.min(1, confidence * 1.5) }
  }
  return best
}
