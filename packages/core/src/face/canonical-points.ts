/**
 * The rigid points of MediaPipe's canonical face model (Apache-2.0, see
 * packages/core/data/NOTICE), in the order of RIGID_POINTS: centimetres, x right in an unmirrored
 * picture, y up, z towards the camera. A test holds them against the model file.
 */
export const CANONICAL_RIGID_POINTS: readonly number[] = [
  0, 8.261778, 4.481535, -4.445859, 2.663991, 3.173422, -1.856432, 2.585245, 3.757904, 1.856432,
  2.585245, 3.757904, 4.445859, 2.663991, 3.173422, 0, 3.271027, 5.236015, 0, 2.473255, 5.788627, 0,
  1.728369, 6.31675, -7.664182, 0.673132, -2.435867, 7.664182, 0.673132, -2.435867, -7.743095,
  2.364999, -2.005167, 7.743095, 2.364999, -2.005167,
]
/** Distance between the outer canthi of the canonical face, centimetres. */
export const CANONICAL_CANTHUS_DISTANCE = 8.891718
