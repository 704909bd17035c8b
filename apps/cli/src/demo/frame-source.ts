import {
  createLandmarkFrame,
  encodeLandmarksF32,
  encodeLandmarksU16,
  LANDMARK_COUNT,
  type LandmarkFrame,
} from '@bemore/protocol'
import { type DemoPlan, phaseAt } from './demo-plan.js'
import { createPortrait } from './portrait.js'
import { createSimulatedPerson } from './simulated-person.js'

export const FRAME_FORMATS = ['json', 'f32', 'u16'] as const
export type FrameFormat = (typeof FRAME_FORMATS)[number]

export const isFrameFormat = (text: string): text is FrameFormat =>
  (FRAME_FORMATS as readonly string[]).includes(text)

export interface FrameSource {
  /** The frame of a moment, as it goes over the wire. `capturedAt` is Unix ms. */
  frameAt(streamedMs: number, capturedAt: number): string | Uint8Array
}

/** What a camera that sees the plan's faces would send. */
export function createFrameSource(
  plan: DemoPlan,
  format: FrameFormat,
  random: () => number,
): FrameSource {
  const portrait = createPortrait(random)
  const person = createSimulatedPerson(plan.phases)
  const frame = createLandmarkFrame()
  frame.count = LANDMARK_COUNT
  frame.faceInView = true
  return {
    frameAt(streamedMs, capturedAt) {
      const seen = phaseAt(plan, streamedMs).face === 'portrait' ? portrait : person
      seen.render(streamedMs, frame.points)
      frame.aspect = seen.aspect
      frame.seq += 1
      frame.clientTimeMs = capturedAt
      if (format === 'json') return toJson(frame)
      return format === 'f32' ? encodeLandmarksF32(frame) : encodeLandmarksU16(frame)
    },
  }
}

/** As the web client sends it, and with the aspect ratio, which that leaves out. */
function toJson({ points, clientTimeMs, aspect }: LandmarkFrame): string {
  const data = Array.from({ length: LANDMARK_COUNT }, (_, at) => ({
    x: points[3 * at],
    y: points[3 * at + 1],
    z: points[3 * at + 2],
  }))
  return JSON.stringify({ type: 'landmarks', data, timestamp: clientTimeMs, aspect })
}
