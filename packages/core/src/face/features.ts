/**
 * The geometry the action units are read from: 22 lengths and heights over the frontalised 68
 * points, in outer-canthus distances. Heights of brows and lip corners are positive upwards.
 */
import type { FrontalFace } from './frontalise.js'

/** Feature order of every array in this folder that is indexed by feature. */
export const FEATURES = [
  'browInner',
  'browMiddle',
  'browOuter',
  'browGap',
  'browSlope',
  'eyeAspectRatio',
  'upperLid',
  'lowerLid',
  'noseLength',
  'noseWidth',
  'mouthWidth',
  'mouthOpen',
  'cornerRaise',
  'cornerRaiseRight',
  'cornerRaiseLeft',
  'cornerToEye',
  'cornerToNose',
  'upperLipToNose',
  'upperLipThickness',
  'lowerLipThickness',
  'upperLipSquareness',
  'chinToLip',
] as const

export type Feature = (typeof FEATURES)[number]

/** Position of each feature in the arrays. */
export const FEATURE_INDEX = Object.freeze(
  Object.fromEntries(FEATURES.map((name, index) => [name, index])) as Record<Feature, number>,
)

/** Measures `face` into `out` (one number per feature, in the order of FEATURES). */
export function writeFeatures(face: FrontalFace, out: Float64Array): void {
  const { x, y } = face
  const eyeRight = (y[36] + y[39]) / 2
  const eyeLeft = (y[42] + y[45]) / 2
  // Outer and inner lip each say where their corners are against their middle; the AU table uses the mean.
  const outerMiddle = (y[51] + y[57]) / 2
  const outerRaise = outerMiddle - (y[48] + y[54]) / 2
  const innerRaise = (y[62] + y[66]) / 2 - (y[60] + y[64]) / 2

  out[0] = (y[39] - y[21] + y[42] - y[22]) / 2
  out[1] = (eyeRight - y[19] + eyeLeft - y[24]) / 2
  out[2] = (y[36] - y[17] + y[45] - y[26]) / 2
  out[3] = distance(x, y, 21, 22)
  out[4] = (y[17] - y[21] + y[26] - y[22]) / 2
  out[5] = (eyeAspectRatio(x, y, 36) + eyeAspectRatio(x, y, 42)) / 2
  out[6] = (eyeRight - (y[37] + y[38]) / 2 + eyeLeft - (y[43] + y[44]) / 2) / 2
  out[7] = ((y[40] + y[41]) / 2 - eyeRight + (y[46] + y[47]) / 2 - eyeLeft) / 2
  out[8] = distance(x, y, 27, 33)
  out[9] = distance(x, y, 31, 35)
  out[10] = distance(x, y, 48, 54)
  out[11] = (distance(x, y, 61, 67) + distance(x, y, 62, 66) + distance(x, y, 63, 65)) / 3
  out[12] = (outerRaise + innerRaise) / 2
  out[13] = outerMiddle - y[48]
  out[14] = outerMiddle - y[54]
  out[15] = (y[48] - y[36] + y[54] - y[45]) / 2
  out[16] = (Math.abs(x[48] - x[31]) + Math.abs(x[54] - x[35])) / 2
  out[17] = y[51] - y[33]
  out[18] = y[62] - y[51]
  out[19] = y[57] - y[66]
  out[20] = (y[49] + y[53]) / 2 - y[51]
  out[21] = y[8] - y[57]
}

/** Eye aspect ratio of six points p1..p6 from `first` on (Soukupová & Čech 2016, eq. 1). */
function eyeAspectRatio(x: Float64Array, y: Float64Array, first: number): number {
  const opening = distance(x, y, first + 1, first + 5) + distance(x, y, first + 2, first + 4)
  return opening / (2 * distance(x, y, first, first + 3))
}

function distance(x: Float64Array, y: Float64Array, a: number, b: number): number {
  const dx = x[a] - x[b]
  const dy = y[a] - y[b]
  return Math.sqrt(dx * dx + dy * dy)
}
