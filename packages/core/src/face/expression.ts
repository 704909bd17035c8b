/**
 * From action units to the seven expressions: a linear map whose signs follow the prototypes of
 * Ekman & Friesen (FACS, table 11-1) and of Du, Tao & Martinez 2014 (PNAS 111:E1454, table 1), with
 * magnitudes set by hand on one posed set, and a softmax. A naive Bayes on Du's percentages did
 * worse (.54 against .66 macro-F1), because these units are proxies.
 *
 * What comes out is the expression shown. People scowl in about a third of their anger (Barrett et
 * al. 2019), and fine negative labels from faces are weak (Höfling et al. 2020).
 */
import { ACTION_UNITS, type ActionUnit } from './action-units.js'

/** Order of every array of probabilities. */
export const EXPRESSIONS = [
  'happy',
  'sad',
  'angry',
  'fearful',
  'surprised',
  'disgusted',
  'neutral',
] as const

export type ExpressionLabel = (typeof EXPRESSIONS)[number]

/** Of the linear map; units not named weigh nothing. */
export const LOGIT_WEIGHTS: Record<ExpressionLabel, Partial<Record<ActionUnit, number>>> = {
  happy: { 12: 3.2, 6: 0.8, 4: -1.2, 15: -1, 26: -0.8, 2: -0.6 },
  sad: { 15: 2.2, 1: 0.9, 17: 0.7, 4: 0.4, 12: -1.5, 26: -1.4, 2: -0.7, 25: -0.6 },
  angry: { 4: 1.9, 24: 1.4, 7: 0.7, 17: 0.6, 12: -1.5, 1: -1.2, 25: -1, 10: -0.8 },
  fearful: { 20: 1.7, 25: 1.2, 1: 0.9, 5: 0.6, 4: 0.4, 12: -1.2, 26: -1.3, 9: -0.6 },
  surprised: { 26: 1.8, 25: 1, 2: 1.4, 1: 0.8, 5: 0.9, 12: -1.5, 4: -1.5, 20: -1.2 },
  disgusted: { 9: 1.6, 10: 1.4, 4: 0.9, 7: 1, 12: -1.6, 24: -1, 2: -1.2, 15: -0.8 },
  neutral: {},
}

/** The logit of neutral: higher while only the population's baseline is known. */
const NEUTRAL_LOGIT = { calibrated: 1.15, uncalibrated: 1.6 }

const NEUTRAL = EXPRESSIONS.indexOf('neutral')

/** Row per expression, column per action unit. */
const WEIGHTS: readonly number[] = EXPRESSIONS.flatMap((label) =>
  ACTION_UNITS.map((unit) => LOGIT_WEIGHTS[label][unit] ?? 0),
)

/**
 * Probabilities of the expressions (order of EXPRESSIONS, sum 1) for action units in the order of
 * ACTION_UNITS. `calibration` is 0 with the population's baseline, 1 with the person's own.
 */
export function writeExpressions(
  actionUnits: Float64Array,
  calibration: number,
  out: Float64Array,
): void {
  const units = ACTION_UNITS.length
  let largest = Number.NEGATIVE_INFINITY
  for (let e = 0; e < out.length; e++) {
    let logit = 0
    for (let u = 0; u < units; u++) logit += WEIGHTS[e * units + u] * actionUnits[u]
    if (e === NEUTRAL) {
      const { calibrated, uncalibrated } = NEUTRAL_LOGIT
      logit = uncalibrated + (calibrated - uncalibrated) * calibration
    }
    out[e] = logit
    if (logit > largest) largest = logit
  }
  let sum = 0
  for (let e = 0; e < out.length; e++) {
    out[e] = Math.exp(out[e] - largest)
    sum += out[e]
  }
  for (let e = 0; e < out.length; e++) out[e] /= sum
}

/** Position of the likeliest expression. */
export function indexOfLargest(probabilities: ArrayLike<number>): number {
  let best = 0
  for (let i = 1; i < probabilities.length; i++) {
    if (probabilities[i] > probabilities[best]) best = i
  }
  return best
}
