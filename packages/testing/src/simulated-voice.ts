/**
 * Deterministic speech-like sound with the truth beside it: a glottal pulse train through formants
 * that change with every syllable, fricatives, closures, breaths, soft onsets and fading ends, over
 * pink noise at a chosen distance. No speech, and not meant to flatter a detector of it.
 */

import { createRandom } from './simulated-face-random.js'
import { createFormant, createPinkNoise } from './simulated-voice-filters.js'
import { planVoice, type Syllable, VOWELS, type VoiceSegment } from './simulated-voice-script.js'

export interface SimulatedVoiceOptions {
  readonly script: readonly VoiceSegment[]
  /** Hz; default 16000. */
  readonly sampleRate?: number
  readonly seed?: number
  /** dB between speech and pink noise, both as mean powers; default 30. */
  readonly snrDb?: number
  /** Mean level of speech, dB re full scale; default -26. */
  readonly levelDb?: number
  /** Breaths against the mean level of speech, dB; default -16, which is near the microphone. */
  readonly breathDb?: number
}

export interface SimulatedVoice {
  readonly sampleRate: number
  readonly durationMs: number
  readonly samples: Int16Array
  /** Whether the speaker speaks at a time; closures within words are speech, breaths are not. */
  isSpeechAt(ms: number): boolean
  /** Hz of the voice at a time; null where it has no pitch. */
  f0At(ms: number): number | null
  /** Number of syllables: what a rate of speech is checked against. */
  readonly syllableCount: number
  /** The sound in pieces of `chunkMs`, as a microphone would give it; the last may be shorter. */
  chunks(chunkMs: number): Generator<{ readonly atMs: number; readonly samples: Int16Array }>
}

export function createSimulatedVoice(options: SimulatedVoiceOptions): SimulatedVoice {
  const {
    script,
    sampleRate = 16_000,
    seed = 1,
    snrDb = 30,
    levelDb = -26,
    breathDb = -16,
  } = options
  const plan = planVoice(script, seed)
  const total = Math.round((plan.durationMs * sampleRate) / 1000)
  const speech = new Float64Array(total)
  const random = createRandom(seed + 7_919)
  for (const syllable of plan.syllables) addSyllable(speech, syllable, sampleRate, random.normal)

  const speechPower = meanPowerWithin(speech, plan.syllables, sampleRate)
  const gain = speechPower > 0 ? 10 ** (levelDb / 20) / Math.sqrt(speechPower) : 1
  const noiseLevel = 10 ** ((levelDb - snrDb) / 20)
  const noise = createPinkNoise(random.normal)
  const breathLevel = 10 ** ((levelDb + breathDb) / 20)
  const breathAt = (ms: number): number => {
    for (const { startMs, durationMs } of plan.breaths) {
      const share = (ms - startMs) / durationMs
      if (share > 0 && share < 1) return Math.sin(Math.PI * share) ** 2
    }
    return 0
  }
  const samples = new Int16Array(total)
  for (let n = 0; n < total; n++) {
    const breath = breathLevel * breathAt((n * 1000) / sampleRate)
    const value =
      gain * (speech[n] ?? 0) + noiseLevel * noise() + (breath > 0 ? breath * random.normal() : 0)
    samples[n] = Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768)))
  }

  const syllableAt = (ms: number): Syllable | undefined =>
    plan.syllables.find((syllable) => ms >= syllable.startMs && ms < endOf(syllable))

  return {
    sampleRate,
    durationMs: plan.durationMs,
    samples,
    syllableCount: plan.syllables.length,
    isSpeechAt: (ms) => syllableAt(ms) !== undefined,
    f0At: (ms) => {
      const syllable = syllableAt(ms)
      if (syllable === undefined) return null
      const voiced = ms - syllable.startMs - syllable.fricativeMs - syllable.closureMs
      return voiced < 0 ? null : pitchAt(syllable, voiced / syllable.vowelMs)
    },
    *chunks(chunkMs) {
      const size = Math.round((chunkMs * sampleRate) / 1000)
      for (let from = 0; from < total; from += size) {
        yield {
          atMs: (from * 1000) / sampleRate,
          samples: samples.subarray(from, Math.min(from + size, total)),
        }
      }
    },
  }
}

function endOf(syllable: Syllable): number {
  return syllable.startMs + syllable.fricativeMs + syllable.closureMs + syllable.vowelMs
}

function pitchAt(syllable: Syllable, share: number): number {
  return syllable.f0 * (syllable.f0End / syllable.f0) ** share
}

function addSyllable(
  sound: Float64Array,
  syllable: Syllable,
  sampleRate: number,
  normal: () => number,
): void {
  const { startMs, fricativeMs, closureMs, vowelMs, attackMs, decayMs, effort, gain } = syllable
  const toSample = (ms: number): number => Math.round((ms * sampleRate) / 1000)
  const hiss = createFormant(Math.min(4_200, 0.4 * sampleRate), 1_800, sampleRate)
  const hissStart = toSample(startMs)
  const hissLength = toSample(fricativeMs)
  for (let n = 0; n < hissLength && hissStart + n < sound.length; n++) {
    sound[hissStart + n]! += 0.12 * gain * Math.sin((Math.PI * n) / hissLength) * hiss(normal())
  }

  const vowel = VOWELS[syllable.vowel] ?? VOWELS[0]!
  const formants = vowel.map((hertz, i) => createFormant(hertz, 70 + 40 * i, sampleRate))
  // Effort closes the glottis faster: less low-pass, more of the upper formants.
  const softness = Math.exp((-2 * Math.PI * (450 + 350 * (effort + 1))) / sampleRate)
  const start = toSample(startMs + fricativeMs + closureMs)
  const length = toSample(vowelMs)
  let phase = 0
  let glottis = 0
  for (let n = 0; n < length && start + n < sound.length; n++) {
    const ms = (n * 1000) / sampleRate
    phase += (pitchAt(syllable, n / length) * (1 + 0.004 * normal())) / sampleRate
    let pulse = 0.01 * normal()
    if (phase >= 1) {
      phase -= 1
      pulse += 1 + 0.05 * normal()
    }
    glottis = softness * glottis + (1 - softness) * pulse
    const envelope = Math.min(1, ms / attackMs, (vowelMs - ms) / decayMs)
    let voice = 0
    for (const [i, formant] of formants.entries()) voice += formant(glottis) / (1 + i)
    sound[start + n]! += gain * envelope * envelope * 8 * voice
  }
}

/** Mean square over the syllables: what lies between them is not the voice's level. */
function meanPowerWithin(
  sound: Float64Array,
  syllables: readonly Syllable[],
  sampleRate: number,
): number {
  let sum = 0
  let count = 0
  for (const syllable of syllables) {
    const end = Math.min(sound.length, Math.round((endOf(syllable) * sampleRate) / 1000))
    for (let n = Math.round((syllable.startMs * sampleRate) / 1000); n < end; n++) {
      sum += sound[n]! ** 2
      count++
    }
  }
  return count > 0 ? sum / count : 0
}
