/**
 * Logistic regression with an L2 penalty, by accelerated gradient descent (Nesterov 1983; FISTA of Beck
 * & Teboulle 2009). No randomness and one order of additions: the same data gives the same weights.
 */
import type { SparseMatrix } from './sparse-matrix.js'

export interface LinearModel {
  readonly weights: Float64Array
  readonly bias: number
}

/** Rows have length 1, so the loss bends by at most a quarter; a little more for the bias. */
const STEP = 1 / 0.55

/**
 * @param penalty λ of λ/2·|w|², on the mean loss; the bias is free.
 * @param weightsOf how much each row counts; 0 leaves it out.
 */
export function trainLogistic(
  matrix: SparseMatrix,
  targets: readonly boolean[],
  weightsOf: readonly number[],
  penalty: number,
  rounds: number,
): LinearModel {
  const { columns, starts, indices, values } = matrix
  const total = weightsOf.reduce((sum, weight) => sum + weight, 0)
  const weights = new Float64Array(columns + 1)
  const before = new Float64Array(columns + 1)
  const ahead = new Float64Array(columns + 1)
  const gradient = new Float64Array(columns + 1)
  let momentum = 1
  for (let round = 0; round < rounds; round++) {
    gradient.fill(0)
    for (let r = 0; r < targets.length; r++) {
      const rowWeight = weightsOf[r] as number
      if (rowWeight === 0) continue
      const start = starts[r] as number
      const end = starts[r + 1] as number
      let score = ahead[columns] as number
      for (let i = start; i < end; i++) {
        score += (values[i] as number) * (ahead[indices[i] as number] as number)
      }
      const error = ((1 / (1 + Math.exp(-score)) - (targets[r] ? 1 : 0)) * rowWeight) / total
      for (let i = start; i < end; i++) {
        const column = indices[i] as number
        gradient[column] = (gradient[column] as number) + error * (values[i] as number)
      }
      gradient[columns] = (gradient[columns] as number) + error
    }
    const next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2
    const carry = (momentum - 1) / next
    momentum = next
    for (let c = 0; c <= columns; c++) {
      const here = ahead[c] as number
      const slope = (gradient[c] as number) + (c < columns ? penalty * here : 0)
      const updated = here - STEP * slope
      before[c] = weights[c] as number
      weights[c] = updated
      ahead[c] = updated + carry * (updated - (before[c] as number))
    }
  }
  return { weights: weights.slice(0, columns), bias: weights[columns] as number }
}

/** Platt 1999: the logit of a score, as slope × score + offset, by Newton's method. */
export function fitPlatt(
  scores: readonly number[],
  targets: readonly boolean[],
): { readonly slope: number; readonly offset: number } {
  let [slope, offset] = [1, 0]
  for (let round = 0; round < 50; round++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 1e-9, 0, 1e-9]
    scores.forEach((score, i) => {
      const p = 1 / (1 + Math.exp(-(slope * score + offset)))
      const error = p - (targets[i] ? 1 : 0)
      const curve = p * (1 - p)
      g0 += error * score
      g1 += error
      h00 += curve * score * score
      h01 += curve * score
      h11 += curve
    })
    const determinant = h00 * h11 - h01 * h01
    slope -= (h11 * g0 - h01 * g1) / determinant
    offset -= (h00 * g1 - h01 * g0) / determinant
  }
  return { slope, offset }
}
