/**
 * The similarity (scale, rotation, translation) that lays the canonical face on the observed one:
 * argmin sum |s R c_i + t - a_i|^2 (Kabsch 1976; Umeyama 1991), solved with Horn's quaternion
 * (J. Opt. Soc. Am. A 4:629-642, 1987), which needs no SVD and can never answer a reflection.
 *
 * Camera frame here and in the pose: x right, y up, z towards the camera, unit = picture height.
 */
import { CANONICAL_CANTHUS_DISTANCE, CANONICAL_RIGID_POINTS } from './canonical-points.js'
import { RIGID_POINTS } from './indices.js'
import { largestEigenpair } from './symmetric-eigen.js'

const COUNT = RIGID_POINTS.length

interface CenteredModel {
  readonly points: Float64Array
  readonly sumOfSquares: number
}

function centerModel(): CenteredModel {
  const points = Float64Array.from(CANONICAL_RIGID_POINTS)
  for (let axis = 0; axis < 3; axis++) {
    let mean = 0
    for (let i = 0; i < COUNT; i++) mean += points[i * 3 + axis] / COUNT
    for (let i = 0; i < COUNT; i++) points[i * 3 + axis] -= mean
  }
  return { points, sumOfSquares: points.reduce((sum, v) => sum + v * v, 0) }
}

const MODEL = centerModel()

export interface RigidFit {
  /** Row-major 3x3, head to camera: its columns are the head's x, y and z axes as the camera sees them. */
  readonly rotation: Float64Array
  /**
   * Root mean square distance of the fitted points, in outer-canthus distances: about .04 on a real
   * face, more when the aspect ratio is wrong, and large when the points are no face at all.
   */
  readonly residual: number
  /**
   * Fits one frame. `scaleX` turns normalised x and z into picture heights (the aspect ratio) and
   * carries the sign that undoes a flip of the coordinates. False when the points have no extent.
   */
  fit(points: Float32Array, scaleX: number, scaleZ: number): boolean
}

/** One fit's scratch; make it once and reuse it, `fit` allocates nothing. */
export function createRigidFit(): RigidFit {
  const observed = new Float64Array(COUNT * 3)
  const covariance = new Float64Array(9)
  const horn = new Float64Array(16)
  const basis = new Float64Array(16)
  const quaternion = new Float64Array(4)
  const rotation = new Float64Array(9)
  const state = { rotation, residual: Number.NaN, fit }

  function fit(points: Float32Array, scaleX: number, scaleZ: number): boolean {
    const spread = gather(points, scaleX, scaleZ, observed)
    if (!(spread > 0)) return false
    correlate(observed, covariance)
    fillHorn(covariance, horn)
    const eigenvalue = largestEigenpair(horn, basis, quaternion)
    writeRotation(quaternion, rotation)
    // With the best scale taken out, what is left of the model's spread is the misfit.
    const misfit = Math.max(MODEL.sumOfSquares - (eigenvalue * eigenvalue) / spread, 0)
    state.residual = Math.sqrt(misfit / COUNT) / CANONICAL_CANTHUS_DISTANCE
    return true
  }
  return state
}

/** Copies the rigid points into the camera frame, centred; returns their sum of squares. */
function gather(points: Float32Array, scaleX: number, scaleZ: number, out: Float64Array): number {
  let meanX = 0
  let meanY = 0
  let meanZ = 0
  for (let i = 0; i < COUNT; i++) {
    const at = RIGID_POINTS[i] * 3
    const x = points[at] * scaleX
    const y = -points[at + 1]
    const z = -points[at + 2] * scaleZ
    out[i * 3] = x
    out[i * 3 + 1] = y
    out[i * 3 + 2] = z
    meanX += x / COUNT
    meanY += y / COUNT
    meanZ += z / COUNT
  }
  let spread = 0
  for (let i = 0; i < COUNT * 3; i += 3) {
    out[i] -= meanX
    out[i + 1] -= meanY
    out[i + 2] -= meanZ
    spread += out[i] ** 2 + out[i + 1] ** 2 + out[i + 2] ** 2
  }
  return spread
}

/** covariance[a * 3 + b] = sum over points of model axis a times observed axis b. */
function correlate(observed: Float64Array, covariance: Float64Array): void {
  covariance.fill(0)
  const model = MODEL.points
  for (let i = 0; i < COUNT * 3; i += 3) {
    for (let a = 0; a < 3; a++) {
      const m = model[i + a]
      covariance[a * 3] += m * observed[i]
      covariance[a * 3 + 1] += m * observed[i + 1]
      covariance[a * 3 + 2] += m * observed[i + 2]
    }
  }
}

/** Horn's symmetric matrix N, whose dominant eigenvector is the rotation's quaternion. */
function fillHorn(s: Float64Array, n: Float64Array): void {
  const xx = s[0]
  const yy = s[4]
  const zz = s[8]
  n[0] = xx + yy + zz
  n[5] = xx - yy - zz
  n[10] = yy - xx - zz
  n[15] = zz - xx - yy
  n[1] = n[4] = s[5] - s[7]
  n[2] = n[8] = s[6] - s[2]
  n[3] = n[12] = s[1] - s[3]
  n[6] = n[9] = s[1] + s[3]
  n[7] = n[13] = s[6] + s[2]
  n[11] = n[14] = s[5] + s[7]
}

function writeRotation(q: Float64Array, r: Float64Array): void {
  const w = q[0]
  const x = q[1]
  const y = q[2]
  const z = q[3]
  r[0] = w * w + x * x - y * y - z * z
  r[1] = 2 * (x * y - w * z)
  r[2] = 2 * (x * z + w * y)
  r[3] = 2 * (x * y + w * z)
  r[4] = w * w - x * x + y * y - z * z
  r[5] = 2 * (y * z - w * x)
  r[6] = 2 * (x * z - w * y)
  r[7] = 2 * (y * z + w * x)
  r[8] = w * w - x * x - y * y + z * z
}
