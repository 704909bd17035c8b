/**
 * Largest eigenvalue of a symmetric 4x4 matrix, by cyclic Jacobi rotations: slower than solving the
 * quartic, but it neither cancels nor diverges on flat or degenerate point sets.
 */

const SIZE = 4
/** Convergence is quadratic; four sweeps are the rule, the bound only guards against NaN. */
const MAX_SWEEPS = 12
const CONVERGED = 1e-22

/**
 * Destroys `matrix` (row-major, 16 numbers) and writes the unit eigenvector of its largest
 * eigenvalue to `vector` (4 numbers). `basis` is 16 numbers of scratch. Returns the eigenvalue.
 */
export function largestEigenpair(
  matrix: Float64Array,
  basis: Float64Array,
  vector: Float64Array,
): number {
  basis.fill(0)
  for (let i = 0; i < SIZE; i++) basis[i * SIZE + i] = 1
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let off = 0
    let diagonal = 0
    for (let p = 0; p < SIZE; p++) {
      diagonal += matrix[p * SIZE + p] ** 2
      for (let q = p + 1; q < SIZE; q++) off += matrix[p * SIZE + q] ** 2
    }
    if (off <= CONVERGED * diagonal) break
    for (let p = 0; p < SIZE; p++) {
      for (let q = p + 1; q < SIZE; q++) rotate(matrix, basis, p, q)
    }
  }
  let best = 0
  for (let i = 1; i < SIZE; i++) {
    if (matrix[i * SIZE + i] > matrix[best * SIZE + best]) best = i
  }
  for (let i = 0; i < SIZE; i++) vector[i] = basis[i * SIZE + best]
  return matrix[best * SIZE + best]
}

/** One Jacobi rotation that zeroes the element (p, q) and its mirror. */
function rotate(matrix: Float64Array, basis: Float64Array, p: number, q: number): void {
  const pivot = matrix[p * SIZE + q]
  if (pivot === 0) return
  const theta = (matrix[q * SIZE + q] - matrix[p * SIZE + p]) / (2 * pivot)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let i = 0; i < SIZE; i++) {
    const a = matrix[i * SIZE + p]
    const b = matrix[i * SIZE + q]
    matrix[i * SIZE + p] = c * a - s * b
    matrix[i * SIZE + q] = s * a + c * b
  }
  for (let i = 0; i < SIZE; i++) {
    const a = matrix[p * SIZE + i]
    const b = matrix[q * SIZE + i]
    matrix[p * SIZE + i] = c * a - s * b
    matrix[q * SIZE + i] = s * a + c * b
  }
  for (let i = 0; i < SIZE; i++) {
    const a = basis[i * SIZE + p]
    const b = basis[i * SIZE + q]
    basis[i * SIZE + p] = c * a - s * b
    basis[i * SIZE + q] = s * a + c * b
  }
}
