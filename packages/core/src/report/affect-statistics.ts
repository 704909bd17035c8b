import { EXPRESSIONS, type ExpressionLabel } from '../face/expression.js'
import type { FaceWindowData } from '../face/window.js'
import type { DataQuality, ExpressionSection } from './report-schema.js'

export interface AffectVector {
  readonly valence: number
  readonly arousal: number
  readonly dominance: number
}

/** Below this share of the active time the report says that it rests on little. */
const LOW_COVERAGE = 0.3

const round = (value: number, digits = 3): number => Number(value.toFixed(digits))

type UsableWindow = FaceWindowData & {
  readonly probabilities: readonly number[]
  readonly valence: number
  readonly arousal: number
  readonly dominance: number
}

function isUsable(window: FaceWindowData): window is UsableWindow {
  return window.probabilities !== null && window.weight > 0
}

/** Mean over the usable windows, each weighing as much as its frames' quality adds up to. */
function weigh(windows: readonly UsableWindow[], value: (window: UsableWindow) => number): number {
  let sum = 0
  let weight = 0
  for (const window of windows) {
    sum += value(window) * window.weight
    weight += window.weight
  }
  return weight === 0 ? 0 : sum / weight
}

/** @returns null where no window had a usable face: an average of nothing is not neutral. */
export function averageAffect(windows: readonly FaceWindowData[]): AffectVector | null {
  const usable = windows.filter(isUsable)
  if (usable.length === 0) return null
  return {
    valence: round(weigh(usable, (window) => window.valence)),
    arousal: round(weigh(usable, (window) => window.arousal)),
    dominance: round(weigh(usable, (window) => window.dominance)),
  }
}

export function summariseExpression(windows: readonly FaceWindowData[]): ExpressionSection {
  const usable = windows.filter(isUsable)
  if (usable.length === 0) {
    return { dominant: 'unknown', share: 0, distribution: {}, transitions: 0 }
  }
  const total = usable.reduce((sum, window) => sum + window.weight, 0)
  const shareOf = (label: ExpressionLabel) =>
    usable.reduce((sum, window) => sum + (window.label === label ? window.weight : 0), 0) / total
  const dominant = EXPRESSIONS.reduce((best, next) => (shareOf(next) > shareOf(best) ? next : best))
  return {
    dominant,
    share: round(shareOf(dominant)),
    distribution: Object.fromEntries(
      EXPRESSIONS.map((label, index) => [
        label,
        round(weigh(usable, (window) => window.probabilities[index] ?? 0)),
      ]),
    ),
    transitions: countTransitions(usable),
  }
}

/** Changes inside the windows, and from each window's label to the next one's. */
function countTransitions(windows: readonly UsableWindow[]): number {
  return windows.reduce((sum, window, index) => {
    const before = windows[index - 1]
    return (
      sum + window.transitions + (before !== undefined && before.label !== window.label ? 1 : 0)
    )
  }, 0)
}

/** @param activeMs time the session ran without its pauses */
export function assessDataQuality(
  windows: readonly FaceWindowData[],
  activeMs: number,
): DataQuality {
  const total = (value: (window: FaceWindowData) => number) =>
    windows.reduce((sum, window) => sum + value(window), 0)
  const frames = total((window) => window.frames)
  const usableFrames = total((window) => window.usable)
  const coveredMs = total((window) => window.coverage * (window.endMs - window.startMs))
  const coverage = activeMs === 0 ? 0 : round(Math.min(1, coveredMs / activeMs))
  const aspectAssumed = windows.some((window) => window.aspectAssumed)
  const framesDropped = total((window) => window.dropped)
  return {
    frames,
    usableFrames,
    framesWithoutFace: total((window) => window.noFace),
    framesRejectedByPose: total((window) => window.poseRejected),
    framesMalformed: total((window) => window.rejected),
    framesDropped,
    coverage,
    meanQuality: usableFrames === 0 ? 0 : round(Math.min(1, total((w) => w.weight) / usableFrames)),
    aspectAssumed,
    flags: [
      ...(usableFrames === 0 ? ['no_face_data'] : []),
      ...(usableFrames > 0 && coverage < LOW_COVERAGE ? ['low_coverage'] : []),
      ...(aspectAssumed ? ['aspect_assumed'] : []),
      ...(framesDropped > 0 ? ['frames_dropped'] : []),
    ],
  }
}
