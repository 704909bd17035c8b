/**
 * Geometric proxies of FACS action units: how far the features have moved from the relaxed face.
 * 1 is about a clear (FACS "C") movement, 1.5 the ceiling. They recover the prototypes of Ekman &
 * Friesen, but they are proxies, not calibrated detectors, and say nothing of what is felt.
 *
 * The divisors were tuned on one set of posed faces; each is the movement that counts as 1.
 */
import { clampUnit, positive } from './clamp.js'
import { FEATURE_INDEX } from './features.js'
import { POPULATION_SD } from './population.js'

/** FACS numbers in the order of every array indexed by action unit. 14 is a one-sided lip corner. */
export const ACTION_UNITS = [1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 20, 24, 25, 26, 43] as const

export type ActionUnit = (typeof ACTION_UNITS)[number]

const CEILING = 1.5

/**
 * People differ at rest by about as much as many expressions move, so without the person's own
 * baseline a deviation only counts beyond this many between-person SDs (.5 to 1 are advised).
 */
const UNCALIBRATED_DEAD_ZONE_SD = 0.5

/** Lids are taken for shut at a quarter of their open aspect ratio: the landmarks never quite meet. */
export const SHUT_SHARE = 0.25
/** Below this share of the open eye a blink or closure begins (relative EAR threshold). */
export const CLOSING_SHARE = 0.72
/** Between these shares of the open eye AU7 gives way: a shut eye is AU43, not a strong squint. */
const SQUINT_SHARE = { full: 0.5, none: 0.4 }

const F = FEATURE_INDEX

/**
 * What `features` moved from `baseline`, less the dead zone that `calibration` (0 population only
 * .. 1 the person's own neutral) leaves. All three arrays are in the order of FEATURES.
 */
export function writeDeltas(
  features: Float64Array,
  baseline: Float64Array,
  calibration: number,
  out: Float64Array,
): void {
  const deadZone = UNCALIBRATED_DEAD_ZONE_SD * (1 - calibration)
  for (let f = 0; f < out.length; f++) {
    const delta = features[f] - baseline[f]
    const beyond = Math.abs(delta) - deadZone * POPULATION_SD[f]
    out[f] = beyond <= 0 ? 0 : delta < 0 ? -beyond : beyond
  }
}

/**
 * Reads the action units off `deltas` into `out` (order of ACTION_UNITS, each 0..1.5).
 * `openEye` is the eye aspect ratio of this person's open eyes.
 */
export function writeActionUnits(
  features: Float64Array,
  deltas: Float64Array,
  openEye: number,
  out: Float64Array,
): void {
  const browInner = deltas[F.browInner]
  const mouthWider = positive(deltas[F.mouthWidth])
  const cornerRaise = deltas[F.cornerRaise]
  const lipsApart = deltas[F.mouthOpen]
  const eyeShare = features[F.eyeAspectRatio] / openEye

  const au12 =
    0.3 *
    (mouthWider / 0.16 +
      positive(cornerRaise) / 0.07 +
      positive(-deltas[F.cornerToEye]) / 0.09 +
      positive(deltas[F.cornerToNose]) / 0.065)

  out[0] = (0.6 * positive(browInner)) / 0.06 + (0.4 * positive(deltas[F.browSlope])) / 0.04
  out[1] =
    (0.5 * positive(deltas[F.browMiddle])) / 0.07 + (0.5 * positive(deltas[F.browOuter])) / 0.045
  out[2] = (0.7 * positive(-browInner)) / 0.045 + (0.3 * positive(-deltas[F.browGap])) / 0.04
  out[3] =
    (0.5 * positive(deltas[F.upperLid])) / 0.014 + (0.5 * positive(deltas[F.eyeAspectRatio])) / 0.07
  out[4] = (positive(-deltas[F.lowerLid]) / 0.011) * Math.min(au12, 1)
  out[5] = (positive(-deltas[F.eyeAspectRatio]) / 0.09) * squintShare(eyeShare)
  out[6] =
    (positive(-deltas[F.noseLength]) / 0.03 +
      positive(deltas[F.noseWidth]) / 0.035 +
      positive(-browInner) / 0.05) /
    3
  // A smile pulls the upper lip up as well; without its share AU10 reads .8 on happy faces.
  out[7] =
    Math.min(positive(-deltas[F.upperLipToNose]) / 0.03, CEILING) - 0.6 * Math.min(au12, CEILING)
  out[8] = au12
  out[9] = oneSidedCorner(deltas[F.cornerRaiseRight], deltas[F.cornerRaiseLeft])
  out[10] = positive(-cornerRaise) / 0.035
  out[11] =
    ((0.5 * positive(deltas[F.upperLipSquareness])) / 0.015 +
      (0.5 * positive(-deltas[F.chinToLip])) / 0.05) *
    clampUnit(1 - features[F.mouthOpen] / 0.06)
  out[12] = (mouthWider / 0.09) * clampUnit(1 - positive(cornerRaise) / 0.06)
  out[13] =
    (positive(-(deltas[F.upperLipThickness] + deltas[F.lowerLipThickness])) / 0.03) *
    clampUnit(1 - lipsApart / 0.04)
  out[14] = positive(lipsApart) / 0.06
  out[15] = positive(lipsApart - 0.05) / 0.15
  out[16] = clampUnit((CLOSING_SHARE - eyeShare) / (CLOSING_SHARE - SHUT_SHARE))
  for (let i = 0; i < out.length; i++) out[i] = Math.min(Math.max(out[i], 0), CEILING)
}

function squintShare(eyeShare: number): number {
  return clampUnit((eyeShare - SQUINT_SHARE.none) / (SQUINT_SHARE.full - SQUINT_SHARE.none))
}

/** Contempt's AU14: one corner up and the other not with it; counts from a difference of .02 on. */
function oneSidedCorner(right: number, left: number): number {
  if (Math.max(right, left) <= 0) return 0
  return positive(Math.abs(right - left) - 0.02) / 0.03
}
