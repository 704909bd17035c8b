/**
 * Brings the landmarks into the head's own frame: as if the person looked straight into the camera
 * from a fixed distance. This decides the quality of everything after it. Measured on 2-D features
 * without it, a neutral face reads angry at 10 degrees chin-down, sad at 10 chin-up and surprised
 * at 30 of yaw; after it the same rotations move nothing.
 *
 * x must be multiplied by the picture's aspect ratio before any distance is taken, and z with it,
 * because MediaPipe gives z in the units of x.
 */
import {
  CHIN,
  DLIB_68,
  FOREHEAD,
  LOWER_LIP_INNER,
  NOSE_TIP,
  OUTER_CANTHUS_LEFT,
  OUTER_CANTHUS_RIGHT,
  UPPER_LIP_INNER,
} from './indices.js'

const COUNT = DLIB_68.length

/** Under a thousandth of the picture's height between the eyes there is nothing to measure. */
const SMALLEST_CANTHUS_DISTANCE = 0.001

export interface FrontalFace {
  /** The 68 points, x right in the unmirrored picture; unit = outer-canthus distance. */
  readonly x: Float64Array
  /** The same points, y down. */
  readonly y: Float64Array
  /** Outer-canthus distance in picture heights, measured in 3-D. */
  readonly canthusDistance: number
}

export interface Frontaliser extends FrontalFace {
  /**
   * Measures one frame into `x` and `y`. `scaleX` is the aspect ratio, negative when the client
   * flipped the coordinates; `scaleZ` is always the positive one. False when the eyes coincide or
   * the face has no height.
   */
  frontalise(points: Float32Array, scaleX: number, scaleZ: number): boolean
  /** A further landmark of the frame measured last, in the same units: [x, y] into `out`. */
  place(points: Float32Array, landmark: number, out: Float64Array): void
}

/** One face's scratch; `frontalise` allocates nothing. */
export function createFrontaliser(): Frontaliser {
  const x = new Float64Array(COUNT)
  const y = new Float64Array(COUNT)
  /** The head's x and y axes divided by the canthus distance, and the two scales, of the last frame. */
  const axes = new Float64Array(6)
  const state = { x, y, canthusDistance: Number.NaN, frontalise, place }

  function frontalise(points: Float32Array, scaleX: number, scaleZ: number): boolean {
    const distance = writeAxes(points, scaleX, scaleZ, axes)
    if (!(distance > SMALLEST_CANTHUS_DISTANCE)) return false
    state.canthusDistance = distance
    // Folding the scales into the axes turns each landmark into six multiplications.
    const xx = axes[0] * scaleX
    const xy = -axes[1]
    const xz = -axes[2] * scaleZ
    const yx = -axes[3] * scaleX
    const yy = axes[4]
    const yz = axes[5] * scaleZ
    axes[0] = xx
    axes[1] = xy
    axes[2] = xz
    axes[3] = yx
    axes[4] = yy
    axes[5] = yz
    for (let i = 0; i < COUNT; i++) {
      const at = DLIB_68[i] * 3
      const px = points[at]
      const py = points[at + 1]
      const pz = points[at + 2]
      x[i] = px * xx + py * xy + pz * xz
      y[i] = px * yx + py * yy + pz * yz
    }
    return true
  }

  function place(points: Float32Array, landmark: number, out: Float64Array): void {
    const at = landmark * 3
    const px = points[at]
    const py = points[at + 1]
    const pz = points[at + 2]
    out[0] = px * axes[0] + py * axes[1] + pz * axes[2]
    out[1] = px * axes[3] + py * axes[4] + pz * axes[5]
  }
  return state
}

/**
 * Head axes in the camera frame (y up, z towards the camera), each divided by the outer-canthus
 * distance, which is returned (0 when degenerate):
 * ex = unit(P263 - P33); ey = the part of P10 - chin orthogonal to ex.
 *
 * The chin falls with the jaw and would tip the frame by up to 7 degrees, faking a lip-corner
 * depressor on every open mouth. The lower lip rides on the same bone, so the gap between the inner
 * lips, taken in 3-D, is given back to the chin; on a closed mouth it is next to nothing.
 */
function writeAxes(
  points: Float32Array,
  scaleX: number,
  scaleZ: number,
  axes: Float64Array,
): number {
  const right = OUTER_CANTHUS_RIGHT * 3
  const left = OUTER_CANTHUS_LEFT * 3
  let ex = (points[left] - points[right]) * scaleX
  let ey = -(points[left + 1] - points[right + 1])
  let ez = -(points[left + 2] - points[right + 2]) * scaleZ
  const width = Math.sqrt(ex * ex + ey * ey + ez * ez)
  ex /= width
  ey /= width
  ez /= width
  const top = FOREHEAD * 3
  const chin = CHIN * 3
  const upper = UPPER_LIP_INNER * 3
  const lower = LOWER_LIP_INNER * 3
  let ux = (points[top] - points[chin] - (points[upper] - points[lower])) * scaleX
  let uy = -(points[top + 1] - points[chin + 1] - (points[upper + 1] - points[lower + 1]))
  let uz = -(points[top + 2] - points[chin + 2] - (points[upper + 2] - points[lower + 2])) * scaleZ
  const along = ux * ex + uy * ey + uz * ez
  ux -= along * ex
  uy -= along * ey
  uz -= along * ez
  const height = Math.sqrt(ux * ux + uy * uy + uz * uz)
  if (!(height > 0.1 * width)) return 0
  axes[0] = ex / width
  axes[1] = ey / width
  axes[2] = ez / width
  const scale = 1 / (height * width)
  axes[3] = ux * scale
  axes[4] = uy * scale
  axes[5] = uz * scale
  return width
}

/**
 * Whether the coordinates, rather than the picture, were flipped (x -> 1 - x after landmarking):
 * the face is then a left-handed one, its nose behind its eyes for the order of its landmarks.
 * A rotation cannot produce that, so the client's word is not needed.
 */
export function isReflected(points: Float32Array): boolean {
  const right = OUTER_CANTHUS_RIGHT * 3
  const left = OUTER_CANTHUS_LEFT * 3
  const top = FOREHEAD * 3
  const chin = CHIN * 3
  const nose = NOSE_TIP * 3
  const ex = points[left] - points[right]
  const ey = points[left + 1] - points[right + 1]
  const ez = points[left + 2] - points[right + 2]
  const ux = points[top] - points[chin]
  const uy = points[top + 1] - points[chin + 1]
  const uz = points[top + 2] - points[chin + 2]
  const nx = points[nose] - (points[left] + points[right]) / 2
  const ny = points[nose + 1] - (points[left + 1] + points[right + 1]) / 2
  const nz = points[nose + 2] - (points[left + 2] + points[right + 2]) / 2
  const handedness = (ey * uz - ez * uy) * nx + (ez * ux - ex * uz) * ny + (ex * uy - ey * ux) * nz
  return handedness < 0
}
