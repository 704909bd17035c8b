/**
 * A person's neutral face from frames already at hand (a calibration picture, a posed set), for an
 * engine that is to start calibrated.
 */
import type { BaselineSnapshot } from './baseline.js'
import { createFaceReader } from './face-reader.js'
import { FEATURES } from './features.js'
import type { LandmarkFrame } from './landmark-frame.js'

/** Half a minute of video; more frames of the same face add nothing. */
const MOST_FRAMES = 1000

/**
 * The median face of the first 1,000 frames that could be read, as a baseline for `createFaceEngine`.
 * Frames without a usable face are left out; null when none had one. The array of a frame may
 * be reused while iterating: each is measured before the next is asked for.
 */
export function neutralFromFrames(frames: Iterable<LandmarkFrame>): BaselineSnapshot | null {
  const reader = createFaceReader()
  const rows: Float64Array[] = []
  for (const frame of frames) {
    if (rows.length === MOST_FRAMES) break
    if (frame.faceInView && reader.read(frame) === 'face') rows.push(reader.features.slice())
  }
  if (rows.length === 0) return null
  const neutral = FEATURES.map((_, f) => medianOf(rows.map((row) => row[f])))
  return { version: 1, frames: 0, deciles: null, neutral }
}

function medianOf(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
