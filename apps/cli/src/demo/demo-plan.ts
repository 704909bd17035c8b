import type { SimulatedExpression } from '@bemore/testing'

export interface DemoPhase {
  /** `portrait`: the real, smiling face; else a simulated expression. */
  readonly face: 'portrait' | SimulatedExpression
  /** From the beginning of the stream, ms. */
  readonly fromMs: number
  readonly toMs: number
}

export interface DemoPlan {
  readonly totalMs: number
  readonly phases: readonly DemoPhase[]
  readonly pauseAtMs: number
  readonly resumeAtMs: number
}

/** The smile lasts for whole windows of a demo of the usual length: sad words are said meanwhile. */
const BEFORE_PAUSE: readonly SimulatedExpression[] = ['neutral', 'happy', 'happy', 'happy']
const AFTER_PAUSE: readonly SimulatedExpression[] = ['sad', 'surprised']
const PAUSE_MS = 2_000

/**
 * Which face is shown when: the portrait for a third, two simulated expressions, the pause at two
 * thirds, two more.
 */
export function planDemo(seconds: number): DemoPlan {
  const totalMs = seconds * 1000
  const third = totalMs / 3
  const resumeAtMs = 2 * third + Math.min(PAUSE_MS, third / 2)
  return {
    totalMs,
    pauseAtMs: 2 * third,
    resumeAtMs,
    phases: [
      { face: 'portrait', fromMs: 0, toMs: third },
      ...spread(BEFORE_PAUSE, third, 2 * third),
      // What the camera sees during the pause is streamed as well: a browser does not stop either.
      ...spread(AFTER_PAUSE, 2 * third, totalMs),
    ],
  }
}

function spread(faces: readonly SimulatedExpression[], fromMs: number, toMs: number): DemoPhase[] {
  const each = (toMs - fromMs) / faces.length
  return faces.map((face, at) => ({
    face,
    fromMs: fromMs + at * each,
    toMs: fromMs + (at + 1) * each,
  }))
}

/** The phase at `atMs`; the last one for any time after it. */
export function phaseAt(plan: DemoPlan, atMs: number): DemoPhase {
  return plan.phases.find(({ toMs }) => atMs < toMs) ?? (plan.phases.at(-1) as DemoPhase)
}
