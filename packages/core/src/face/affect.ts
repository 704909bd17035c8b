/**
 * Valence, arousal and dominance of the face, -1..1.
 *
 * Positive valence is what faces tell best (AUC .95 and more, happy against negative, on three
 * sets). Facial arousal correlates with valence rather than with felt arousal (Höfling et al. 2020)
 * and dominance has no facial measure of its own: fusion gives both little weight.
 */
import { AFFECT_TERMS } from '../affect-terms.js'
import { ACTION_UNITS } from './action-units.js'
import { clampUnit } from './clamp.js'
import { EXPRESSIONS } from './expression.js'

const PLEASURE: readonly number[] = EXPRESSIONS.map((label) => AFFECT_TERMS[label][0])
const DOMINANCE: readonly number[] = EXPRESSIONS.map((label) => AFFECT_TERMS[label][2])
const HAPPY = EXPRESSIONS.indexOf('happy')
const NEGATIVE: readonly number[] = (['sad', 'angry', 'fearful', 'disgusted'] as const).map(
  (label) => EXPRESSIONS.indexOf(label),
)

const STRONGEST = 5
/** A face at rest, and one whose five strongest movements are all clear. */
const AROUSAL_RANGE = { rest: -0.3, full: 1 }
const EYES_CLOSED = ACTION_UNITS.indexOf(43)

/**
 * Half the mixture of the terms' pleasure, half FaceReader's "happy minus the strongest negative"
 * (Noldus methodology note), which ranks better but jumps between labels.
 */
export function valenceOf(probabilities: ArrayLike<number>): number {
  let strongest = 0
  for (let i = 0; i < NEGATIVE.length; i++) {
    strongest = Math.max(strongest, probabilities[NEGATIVE[i]])
  }
  return 0.5 * mixture(PLEASURE, probabilities) + 0.5 * (probabilities[HAPPY] - strongest)
}

/** Dominance of the mixture of terms: low confidence. */
export function dominanceOf(probabilities: ArrayLike<number>): number {
  return mixture(DOMINANCE, probabilities)
}

/**
 * Mean of the five strongest action units (FaceReader's measure, closed eyes left out), scaled from
 * -.3 for a face at rest to 1. `strongest` is five numbers of scratch.
 */
export function arousalOf(actionUnits: ArrayLike<number>, strongest: Float64Array): number {
  strongest.fill(0)
  for (let u = 0; u < actionUnits.length; u++) {
    let value = u === EYES_CLOSED ? 0 : actionUnits[u]
    for (let k = 0; k < STRONGEST; k++) {
      if (value > strongest[k]) {
        const displaced = strongest[k]
        strongest[k] = value
        value = displaced
      }
    }
  }
  let sum = 0
  for (let k = 0; k < STRONGEST; k++) sum += strongest[k]
  const { rest, full } = AROUSAL_RANGE
  return rest + (full - rest) * clampUnit(sum / STRONGEST)
}

function mixture(values: readonly number[], probabilities: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] * probabilities[i]
  return sum
}
