import {
  createFaceEngine,
  createFaceWindow,
  createVoiceEngine,
  createVoiceReader,
  createVoiceWindow,
  detectLanguage,
  findDistortions,
  screenRisk,
} from '@bemore/core'
import {
  createLandmarkFrame,
  decodeLandmarkFrame,
  encodeLandmarksF32,
  encodeLandmarksU16,
  parseJson,
  readLandmarkMessage,
  scanLandmarkJson,
} from '@bemore/protocol'
import { createSimulatedVoice } from '@bemore/testing'
import { loadTextModel } from '@bemore/text-model'
import { encodeJson, readSamplePoints, toLandmarkFrame, varyFace } from './generator/frame-set.js'
import { UTTERANCES } from './generator/speaker.js'
import { medianOf } from './measure/percentiles.js'

const FACES = 16
/** Enough that one engine's memory has left the nearest cache when its turn comes again. */
const SESSIONS = 200
const WARM_UP_FRAMES = 2_000
const VOICE_MESSAGE_MS = 20
const UTTERANCE_LETTERS = 60
const ROUNDS = 7
const ROUND_MS = 200

/** What one frame costs inside a process, without sockets: µs of processor time, median of rounds. */
export function runMicro(): void {
  const sample = readSamplePoints()
  const faces = Array.from({ length: FACES }, (_, step) => varyFace(sample, step, step % 2 === 0))
  const frames = faces.map(toLandmarkFrame)
  const json = faces.map((face) => new Uint8Array(encodeJson(face, Date.now())))
  const f32 = frames.map(encodeLandmarksF32)
  const u16 = frames.map(encodeLandmarksU16)
  const into = createLandmarkFrame()
  const tracks = Array.from({ length: SESSIONS }, () => ({
    engine: createFaceEngine(),
    window: createFaceWindow(),
  }))
  let atMs = 0

  const cases: readonly (readonly [name: string, step: (n: number) => unknown])[] = [
    ['JSON.parse and read', (n) => readLandmarkMessage(parseJson(json[n]!), into)],
    ['JSON scanner', (n) => scanLandmarkJson(json[n]!, into)],
    ['f32 decode', (n) => decodeLandmarkFrame(f32[n]!, into)],
    ['u16 decode', (n) => decodeLandmarkFrame(u16[n]!, into)],
    [
      `face engine and window, ${SESSIONS} sessions in turn`,
      (n) => {
        atMs += 1
        const { engine, window } = tracks[atMs % SESSIONS]!
        return window.add(engine.observe(frames[n]!, atMs), atMs)
      },
    ],
  ]
  console.log('| one frame of 478 points | µs |\n| --- | ---: |')
  for (const [name, step] of cases) {
    console.log(`| ${name} | ${measure(step).toFixed(1)} |`)
  }
  console.log('\n| 30 ms of a voice, in messages of 20 ms | µs |\n| --- | ---: |')
  for (const sampleRate of [16_000, 48_000]) {
    const cost = measure(createVoiceCase(sampleRate)) * (30 / VOICE_MESSAGE_MS)
    const name = `voice engine and window, ${sampleRate / 1000} kHz, ${SESSIONS} sessions in turn`
    console.log(`| ${name} | ${cost.toFixed(1)} |`)
  }
  console.log(`\n| one utterance of ${UTTERANCE_LETTERS} characters | µs |\n| --- | ---: |`)
  for (const [name, step] of createWordsCases()) {
    console.log(`| ${name} | ${measure(step).toFixed(1)} |`)
  }
}

/** What is done with an utterance before anybody is told of it. */
function createWordsCases(): readonly (readonly [name: string, step: (n: number) => unknown])[] {
  const model = loadTextModel()
  const said = UTTERANCES.map((text) => text.slice(0, UTTERANCE_LETTERS)).map((text) => {
    const language = detectLanguage(text)
    if (language === 'unknown') throw new Error(`neither Korean nor English: ${text}`)
    return { text, language }
  })
  const of = (n: number) => said[n % said.length]!
  const screen = (n: number) => screenRisk(of(n).text)
  const distortions = (n: number) => findDistortions(of(n).text, of(n).language)
  const emotion = (n: number) => model.estimate(of(n).text, of(n).language)
  return [
    ['risk screen', screen],
    ['distortions', distortions],
    ['text emotion', emotion],
    ['all three', (n) => [screen(n), distortions(n), emotion(n)]],
  ]
}

/** One message for the next session of many; of what they hear two thirds is speech. */
function createVoiceCase(sampleRate: number): () => unknown {
  const voice = createSimulatedVoice({
    script: [{ speakMs: 3_000 }, { pauseMs: 500 }, { speakMs: 1_500 }, { pauseMs: 1_750 }],
    sampleRate,
    snrDb: 20,
  })
  const messages = [...voice.chunks(VOICE_MESSAGE_MS)]
    .map(({ samples }) => samples)
    .filter(({ length }) => length * 1000 === sampleRate * VOICE_MESSAGE_MS)
    .map((samples) => ({ samples, sampleCount: samples.length, sampleRate, muted: false }))
  const reader = createVoiceReader()
  const tracks = Array.from({ length: SESSIONS }, () => ({
    engine: createVoiceEngine({ reader }),
    window: createVoiceWindow(),
  }))
  let turn = 0
  return () => {
    const session = turn % SESSIONS
    const message = Math.floor(turn / SESSIONS)
    turn++
    const { engine, window } = tracks[session]!
    // Sessions are at different places of the talk, as they would be.
    const sound = messages[(message + session) % messages.length]!
    return window.add(engine.observe(sound, message * VOICE_MESSAGE_MS))
  }
}

function measure(step: (n: number) => unknown): number {
  for (let n = 0; n < WARM_UP_FRAMES; n++) step(n % FACES)
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now()
    let frames = 0
    while (performance.now() - start < ROUND_MS) {
      for (let n = 0; n < FACES; n++) step(n)
      frames += FACES
    }
    return ((performance.now() - start) / frames) * 1000
  })
  return medianOf(rounds)
}
