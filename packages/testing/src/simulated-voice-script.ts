/**
 * What a simulated speaker does: speak so long, at this pitch and with this effort, or be silent.
 * Times of syllables are drawn here, so that sound and truth are made from one plan.
 */
import { createRandom } from './simulated-face-random.js'

export type VoiceSegment =
  | {
      readonly speakMs: number
      /** Hz at the start; falls by a fifth towards the end, as statements do. Default 140. */
      readonly f0?: number
      /** Hz at the end, for a glide of one's own. */
      readonly f0End?: number
      /** -1 tired to 1 stirred: level and brightness. Default 0. */
      readonly effort?: number
    }
  | { readonly pauseMs: number }

export interface Syllable {
  /** ms since the start of the sound. */
  readonly startMs: number
  /** A noisy consonant, then maybe a closure without any sound, then the vowel. */
  readonly fricativeMs: number
  readonly closureMs: number
  readonly vowelMs: number
  readonly f0: number
  readonly f0End: number
  readonly effort: number
  /** Which vowel, 0 to VOWELS.length - 1. */
  readonly vowel: number
  /** Rise of the voice: a soft onset takes as long as a third of the vowel. */
  readonly attackMs: number
  readonly decayMs: number
  /** Linear level. */
  readonly gain: number
}

export interface Breath {
  readonly startMs: number
  readonly durationMs: number
}

export interface VoicePlan {
  readonly durationMs: number
  readonly syllables: readonly Syllable[]
  /** Breaths drawn before speaking: noise, and no speech. */
  readonly breaths: readonly Breath[]
}

/** Formants of five vowels, Hz (a, e, i, o, u of an adult). */
export const VOWELS: readonly (readonly [number, number, number])[] = [
  [750, 1_250, 2_550],
  [500, 1_900, 2_550],
  [300, 2_250, 3_000],
  [480, 850, 2_450],
  [330, 950, 2_300],
]

const SHORTEST_SYLLABLE_MS = 110
const BREATH_MS = 320
/** A breath is drawn before speaking where there is room for it. */
const BREATH_ROOM_MS = 600

export function planVoice(script: readonly VoiceSegment[], seed: number): VoicePlan {
  const random = createRandom(seed)
  const syllables: Syllable[] = []
  const breaths: Breath[] = []
  let atMs = 0
  for (const segment of script) {
    if ('pauseMs' in segment) {
      atMs += segment.pauseMs
      if (segment.pauseMs >= BREATH_ROOM_MS && random.uniform() < 0.6) {
        breaths.push({ startMs: atMs - BREATH_MS - 120, durationMs: BREATH_MS })
      }
      continue
    }
    syllables.push(...planSpeech(segment, atMs, random.uniform))
    atMs += segment.speakMs
  }
  return { durationMs: atMs, syllables, breaths }
}

function planSpeech(
  segment: Extract<VoiceSegment, { speakMs: number }>,
  startMs: number,
  uniform: () => number,
): Syllable[] {
  const { speakMs, f0 = 140, f0End = f0 * 0.8, effort = 0 } = segment
  const planned: Syllable[] = []
  let at = 0
  while (speakMs - at >= SHORTEST_SYLLABLE_MS) {
    const rest = speakMs - at
    // Around 5 syllables a second; the last one takes what is left, lengthened as last ones are.
    const drawn = 150 + 110 * uniform()
    const length = rest - drawn < SHORTEST_SYLLABLE_MS ? rest : drawn
    const last = length === rest
    const fricativeMs = uniform() < 0.35 ? 40 + 50 * uniform() : 0
    const closureMs = planned.length > 0 && uniform() < 0.3 ? 30 + 60 * uniform() : 0
    const vowelMs = length - fricativeMs - closureMs
    const along = (t: number): number => f0 * (f0End / f0) ** (t / speakMs)
    const accent = 1 + 0.06 * (uniform() - 0.5)
    planned.push({
      startMs: startMs + at,
      fricativeMs,
      closureMs,
      vowelMs,
      f0: along(at) * accent,
      f0End: along(at + length) * accent,
      effort,
      vowel: Math.floor(uniform() * VOWELS.length),
      attackMs: uniform() < 0.25 ? vowelMs / 3 : 15,
      decayMs: last ? Math.min(vowelMs * 0.9, 240) : 30,
      gain: 10 ** ((-12 * uniform() + 6 * effort - (last ? 4 : 0)) / 20),
    })
    at += length
  }
  return planned
}
