import { createFaceEngine, createFaceWindow } from '@bemore/core'
import {
  createLandmarkFrame,
  decodeLandmarkFrame,
  encodeLandmarksF32,
  encodeLandmarksU16,
  parseJson,
  readLandmarkMessage,
  scanLandmarkJson,
} from '@bemore/protocol'
import { encodeJson, readSamplePoints, toLandmarkFrame, varyFace } from './generator/frame-set.js'
import { medianOf } from './measure/percentiles.js'

const FACES = 16
/** Enough that one engine's memory has left the nearest cache when its turn comes again. */
const SESSIONS = 200
const WARM_UP_FRAMES = 2_000
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
