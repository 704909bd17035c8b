/**
 * Where the irises sit in the eyes: 0 is the middle of the eye, 1 a corner. Needs the 478-point
 * model. A direction relative to the head, not a point on the screen.
 */
import type { Frontaliser } from './frontalise.js'
import { IRIS_CENTRES } from './indices.js'

/** Positions of outer and inner canthus in the 68-point list, right eye then left. */
const CORNERS = [
  [36, 39],
  [45, 42],
] as const

/**
 * Mean of both eyes into `out`: x positive towards the right of the unmirrored picture, y positive
 * upwards. `iris` is two numbers of scratch.
 *
 * Which iris belongs to which eye differs between model versions, so each is given to the eye it is
 * nearer to. False when both fall to the same eye, which is no measurement.
 */
export function writeGaze(
  face: Frontaliser,
  points: Float32Array,
  iris: Float64Array,
  out: Float64Array,
): boolean {
  let eyes = 0
  out[0] = 0
  out[1] = 0
  for (let i = 0; i < IRIS_CENTRES.length; i++) {
    face.place(points, IRIS_CENTRES[i], iris)
    const eye = isNearerToRightEye(face, iris) ? 0 : 1
    eyes += eye
    const outer = CORNERS[eye][0]
    const inner = CORNERS[eye][1]
    const dx = face.x[outer] - face.x[inner]
    const dy = face.y[outer] - face.y[inner]
    const halfWidth = Math.sqrt(dx * dx + dy * dy) / 2
    out[0] += (iris[0] - (face.x[outer] + face.x[inner]) / 2) / halfWidth / 2
    out[1] += ((face.y[outer] + face.y[inner]) / 2 - iris[1]) / halfWidth / 2
  }
  return eyes === 1
}

function isNearerToRightEye(face: Frontaliser, iris: Float64Array): boolean {
  return Math.abs(iris[0] - face.x[36]) < Math.abs(iris[0] - face.x[45])
}
