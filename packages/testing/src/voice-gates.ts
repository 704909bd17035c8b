/**
 * What the voice engine promises, measured on simulated sound: shared by the test and by the
 * evaluation a reader can run. It goes through the engine's public face, frame by frame.
 */
import { createVoiceEngine, createVoiceWindow, type VoiceEstimate } from '@bemore/core'
import { type Gate, least, most } from './gate.js'
import { createRandom } from './simulated-face-random.js'
import { createSimulatedVoice, type SimulatedVoice } from './simulated-voice.js'
import type { VoiceSegment } from './simulated-voice-script.js'

interface Heard {
  /** Share of the 30 ms frames labelled as the speaker meant them. */
  readonly frameAccuracy: number
  readonly speakingRatio: number
  readonly trueRatio: number
}

const SPEAKERS = [
  { seed: 11, f0: 115 },
  { seed: 12, f0: 210 },
  { seed: 13, f0: 165 },
] as const
const CHUNK_MS = 20

export function measureVoiceGates(): Gate[] {
  const clear = SPEAKERS.map((speaker) => hear(simulateTalk(speaker, 20)))
  const noisy = SPEAKERS.map((speaker) => hear(simulateTalk(speaker, 10)))
  const ratioError = (all: readonly Heard[]): number =>
    Math.max(...all.map(({ speakingRatio, trueRatio }) => Math.abs(speakingRatio - trueRatio)))
  return [
    least('frame accuracy, pink noise 20 dB', meanOf(clear.map((h) => h.frameAccuracy)), 0.93),
    least('frame accuracy, pink noise 10 dB', meanOf(noisy.map((h) => h.frameAccuracy)), 0.9),
    most('speaking ratio error, pink noise 20 dB', ratioError(clear), 0.05),
    most('speaking ratio error, pink noise 10 dB', ratioError(noisy), 0.05),
    most('F0 error on tones', measurePitch(tones()), 0.05),
    most('F0 error on glides', measurePitch(glides()), 0.05),
  ]
}

/** Three minutes of a talk in which gaps of .3 to 2.5 s part stretches of .6 to 4 s. */
function simulateTalk(speaker: { seed: number; f0: number }, snrDb: number): SimulatedVoice {
  const { uniform } = createRandom(speaker.seed)
  const script: VoiceSegment[] = [{ pauseMs: 1_000 }]
  let spent = 0
  while (spent < 180_000) {
    const speakMs = 600 + 3_400 * uniform()
    const pauseMs = 300 + 2_200 * uniform()
    const effort = 1.2 * (uniform() - 0.5)
    script.push({ speakMs, f0: speaker.f0 * (1 + 0.2 * effort), effort }, { pauseMs })
    spent += speakMs + pauseMs
  }
  return createSimulatedVoice({ script, seed: speaker.seed, snrDb })
}

function hear(voice: SimulatedVoice): Heard {
  const window = createVoiceWindow()
  let frames = 0
  let right = 0
  let spoken = 0
  observeAll(voice, (estimate) => {
    window.add(estimate)
    for (let i = 0; i < estimate.frames; i++) {
      const truth = voice.isSpeechAt((estimate.frameStartsMs[i] ?? 0) + 15)
      frames++
      if (truth) spoken++
      if (truth === (estimate.speech[i] === 1)) right++
    }
  })
  const { speechMs, heardMs } = window.toData(0, 0, voice.durationMs)
  return {
    frameAccuracy: right / frames,
    speakingRatio: speechMs / heardMs,
    trueRatio: spoken / frames,
  }
}

function observeAll(
  voice: { chunks: SimulatedVoice['chunks']; sampleRate: number; durationMs: number },
  see: (estimate: VoiceEstimate) => void,
): void {
  const engine = createVoiceEngine()
  for (const { atMs, samples } of voice.chunks(CHUNK_MS)) {
    const frame = {
      samples,
      sampleCount: samples.length,
      sampleRate: voice.sampleRate,
      muted: false,
    }
    see(engine.observe(frame, atMs))
  }
  see(engine.finish(voice.durationMs))
}

interface Tone {
  /** Hz at a time, ms. */
  readonly hertzAt: (ms: number) => number
  readonly harmonics: number
}

const TONE_MS = 900
const REST_MS = 500

function tones(): Tone[] {
  return [75, 90, 120, 155, 200, 250, 320, 400, 440].map((hertz) => ({
    hertzAt: () => hertz,
    harmonics: 8,
  }))
}

/** An octave up and down in .9 s, which is fast for a voice. */
function glides(): Tone[] {
  return [80, 110, 160, 210].flatMap((hertz) =>
    [1, -1].map((way) => ({
      hertzAt: (ms: number) => hertz * 2 ** ((way > 0 ? ms : TONE_MS - ms) / TONE_MS),
      harmonics: 8,
    })),
  )
}

/** The 95th percentile of the relative errors of pitch; 1 where fewer than 3 of 4 hops had any. */
function measurePitch(all: readonly Tone[]): number {
  const sampleRate = 16_000
  const errors: number[] = []
  for (const tone of all) {
    const { normal } = createRandom(5)
    const samples = new Int16Array(((REST_MS + TONE_MS + REST_MS) * sampleRate) / 1000)
    let phase = 0
    for (let n = 0; n < samples.length; n++) {
      const ms = (n * 1000) / sampleRate - REST_MS
      let value = 0.0005 * normal()
      if (ms >= 0 && ms < TONE_MS) {
        phase += (2 * Math.PI * tone.hertzAt(ms)) / sampleRate
        for (let h = 1; h <= tone.harmonics; h++) value += (0.12 / h) * Math.sin(h * phase)
      }
      samples[n] = Math.round(value * 32_767)
    }
    errors.push(...pitchErrors(samples, sampleRate, tone))
  }
  errors.sort((a, b) => a - b)
  return errors[Math.floor(errors.length * 0.95)] ?? 1
}

function pitchErrors(samples: Int16Array, sampleRate: number, tone: Tone): number[] {
  const size = (CHUNK_MS * sampleRate) / 1000
  const errors: number[] = []
  observeAll(
    {
      sampleRate,
      durationMs: (samples.length * 1000) / sampleRate,
      *chunks() {
        for (let from = 0; from < samples.length; from += size) {
          yield { atMs: (from * 1000) / sampleRate, samples: samples.subarray(from, from + size) }
        }
      },
    },
    (estimate) => {
      for (let i = 0; i < estimate.pitches; i++) {
        const ms = (estimate.pitchAtMs[i] ?? 0) - REST_MS
        const truth = tone.hertzAt(Math.min(Math.max(ms, 0), TONE_MS))
        errors.push(Math.abs(100 * 2 ** ((estimate.semitones[i] ?? 0) / 12) - truth) / truth)
      }
    },
  )
  const expected = TONE_MS / 20
  return errors.length >= 0.75 * expected
    ? errors
    : [...errors, ...Array(errors.length + 1).fill(1)]
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
