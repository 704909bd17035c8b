import type { FaceWindowData } from '../face/window.js'
import { WINDOW_MS, windowIndexAt } from '../session/session-clock.js'
import type { VoiceWindowData } from '../voice/window.js'
import type { Coverage, DataQuality } from './schema/affect-schema.js'
import type { VoiceSection } from './schema/voice-schema.js'
import type { TakenUtterance } from './words.js'

/** Below this share of the active time the report says that it rests on little. */
const LOW_COVERAGE = 0.3
/** Speech that stands out of the room by less is hard to tell from it, dB. */
const LOW_SNR_DB = 10

const round = (value: number): number => Number(value.toFixed(3))
const shareOf = (part: number, whole: number) => (whole > 0 ? round(Math.min(1, part / whole)) : 0)

/** @param activeMs time the session ran without its pauses */
export function measureCoverage(
  face: readonly FaceWindowData[],
  voice: readonly VoiceWindowData[],
  utterances: readonly TakenUtterance[],
  startedAt: number,
  activeMs: number,
): Coverage {
  const seenMs = face.reduce((sum, { coverage, startMs, endMs }) => {
    return sum + coverage * (endMs - startMs)
  }, 0)
  const heardMs = voice.reduce((sum, window) => sum + window.heardMs, 0)
  const said = new Set(utterances.map(({ at }) => windowIndexAt(startedAt, at)))
  return {
    face: shareOf(seenMs, activeMs),
    voice: shareOf(heardMs, activeMs),
    text: shareOf(said.size * WINDOW_MS, activeMs),
  }
}

export function assessDataQuality(
  face: readonly FaceWindowData[],
  faceCoverage: number,
  voice: readonly VoiceWindowData[],
  voiceSection: VoiceSection | null,
  utterances: number,
): DataQuality {
  const total = (value: (window: FaceWindowData) => number) =>
    face.reduce((sum, window) => sum + value(window), 0)
  const usableFrames = total((window) => window.usable)
  const aspectAssumed = face.some((window) => window.aspectAssumed)
  const framesDropped = total((window) => window.dropped)
  return {
    frames: total((window) => window.frames),
    usableFrames,
    framesWithoutFace: total((window) => window.noFace),
    framesRejectedByPose: total((window) => window.poseRejected),
    framesMalformed: total((window) => window.rejected),
    framesDropped,
    coverage: faceCoverage,
    meanQuality: shareOf(
      total((window) => window.weight),
      usableFrames,
    ),
    aspectAssumed,
    flags: [
      ...(usableFrames === 0 ? ['no_face_data'] : []),
      ...(usableFrames > 0 && faceCoverage < LOW_COVERAGE ? ['low_coverage'] : []),
      ...(aspectAssumed ? ['aspect_assumed'] : []),
      ...(framesDropped > 0 ? ['frames_dropped'] : []),
      ...flagVoice(voice, voiceSection),
      ...(utterances === 0 ? ['no_text'] : []),
    ],
  }
}

function flagVoice(voice: readonly VoiceWindowData[], section: VoiceSection | null): string[] {
  if (section === null || section.heardMs === 0) return ['no_voice_data']
  return [
    ...(section.snrDb !== null && section.snrDb < LOW_SNR_DB ? ['low_snr'] : []),
    ...(voice.some(({ source }) => source === 'client') ? ['voice_by_client'] : []),
    ...(voice.some(({ agc }) => agc === 'on') ? ['gain_controlled'] : []),
  ]
}
