/**
 * How far one measured frame can be trusted, 0..1: the product of everything that is known to make
 * it worse. All factors but the pose's are our own choice; fusion and windows weigh by the product.
 */
import { clampUnit } from './clamp.js'

/** No measured frame weighs nothing: a window of poor frames still has a mean. */
const FLOOR = 0.1

/**
 * Outer-canthus distance in picture heights: at .03 (14 pixels of 480) one pixel of landmark jitter
 * is as large as a clear action unit, from .12 on it is well below.
 */
const SIZE = { none: 0.03, full: 0.12 }

/** Residual of the rigid fit: a real face at its true aspect ratio stays below .08. */
const MISFIT = { full: 0.08, none: 0.25 }

const ASSUMED_ASPECT_SHARE = 0.85
const UNCALIBRATED_SHARE = 0.7

/** Above this residual the points are no face, whatever the client says. */
export const LARGEST_MISFIT = MISFIT.none

export function frameQuality(
  poseWeight: number,
  canthusDistance: number,
  residual: number,
  aspectAssumed: boolean,
  calibration: number,
): number {
  const size = clampUnit((canthusDistance - SIZE.none) / (SIZE.full - SIZE.none))
  const fit = clampUnit((MISFIT.none - residual) / (MISFIT.none - MISFIT.full))
  return (
    poseWeight *
    Math.max(size, FLOOR) *
    Math.max(fit, FLOOR) *
    (aspectAssumed ? ASSUMED_ASPECT_SHARE : 1) *
    (UNCALIBRATED_SHARE + (1 - UNCALIBRATED_SHARE) * calibration)
  )
}
