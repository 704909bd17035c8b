import { createEvent, createFaceEngine, createFaceWindow, WINDOW_MS } from '@bemore/core'
import { readSamplePoints, toLandmarkFrame, varyFace } from '../generator/frame-set.js'
import type { SessionHistory } from '../servers/subject.js'

const FRAMES_PER_SECOND = 10

/** A session that ended just now: its windows are what the engine makes of a face that talks. */
export function liveThroughSession(windowCount: number, now: number): SessionHistory {
  const sample = readSamplePoints()
  const faces = [false, true].map((mouthOpen) =>
    toLandmarkFrame(varyFace(sample, windowCount, mouthOpen)),
  )
  const startedAt = now - windowCount * WINDOW_MS
  const engine = createFaceEngine()
  const window = createFaceWindow()
  const stepMs = 1000 / FRAMES_PER_SECOND

  const windows = Array.from({ length: windowCount }, (_, index) => {
    const startMs = index * WINDOW_MS
    const endMs = startMs + WINDOW_MS
    for (let atMs = startMs; atMs < endMs; atMs += stepMs) {
      // Opens and shuts at a changing pace, so that the windows differ.
      const mood = Math.sin((atMs / 1000) * (0.4 + index * 0.1)) > 0 ? 1 : 0
      window.add(engine.observe(faces[mood]!, atMs), atMs)
    }
    const data = window.toData(index, startMs, endMs)
    window.clear()
    return createEvent('face.window', startedAt + endMs, { processId: 'bench', window: data })
  })
  return { startedAt, endedAt: now, windows }
}
