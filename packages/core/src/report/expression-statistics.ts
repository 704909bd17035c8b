import { EXPRESSIONS, type ExpressionLabel } from '../face/expression.js'
import type { FaceWindowData } from '../face/window.js'
import type { ExpressionSection } from './schema/affect-schema.js'

const round = (value: number, digits = 3): number => Number(value.toFixed(digits))

type UsableWindow = FaceWindowData & {
  readonly probabilities: readonly number[]
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

/** What the face alone showed. */
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
