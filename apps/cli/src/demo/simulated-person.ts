import { createFaceScript, createSimulatedFace } from '@bemore/testing'
import type { DemoPhase } from './demo-plan.js'

export interface SimulatedPerson {
  readonly aspect: number
  /** Fills `out` with the face at a moment of the plan that shows no portrait. */
  render(streamedMs: number, out: Float32Array): void
}

/** In outer-canthus distances: a webcam's. */
const NOISE = 0.004

/** Somebody who goes through the simulated phases, blinking and swaying, before a webcam. */
export function createSimulatedPerson(phases: readonly DemoPhase[]): SimulatedPerson {
  const simulated = phases.flatMap(({ face, fromMs, toMs }) =>
    face === 'portrait' ? [] : [{ expression: face, fromMs, seconds: (toMs - fromMs) / 1000 }],
  )
  const script = createFaceScript({ segments: simulated })
  const beganMs = simulated[0]?.fromMs ?? 0
  const face = createSimulatedFace({ noise: NOISE })
  return {
    aspect: face.aspect,
    render: (streamedMs, out) => {
      face.render(script.poseAt(streamedMs - beganMs), out)
    },
  }
}
