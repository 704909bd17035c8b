import type { LandmarkFrame as DecodedFrame } from '@bemore/protocol'

/**
 * What the engine reads of a decoded frame. The decoder reuses `points` for the next frame, so
 * nothing here may keep a reference to it past the call.
 *
 * x and y are fractions of the picture's width and height, origin top left, y down; z has the scale
 * of x, smaller is nearer the camera (MediaPipe FaceMesh).
 */
export type LandmarkFrame = Readonly<
  Pick<DecodedFrame, 'points' | 'count' | 'aspect' | 'mirrored' | 'faceInView'>
>

/** Nearly every webcam default, and what the existing web client asks the camera for. */
export const ASSUMED_ASPECT = 4 / 3

/** No camera's picture is narrower or wider; what is beyond is a mistake in units. */
const ASPECT_RANGE = { min: 0.2, max: 5 }

/** Whether the client's aspect can be used as it is. */
export function isPlausibleAspect(aspect: number): boolean {
  return aspect >= ASPECT_RANGE.min && aspect <= ASPECT_RANGE.max
}

/**
 * Whether the frame has as many points as it claims and every coordinate is a finite number.
 * One NaN anywhere spoils the sum, which is cheaper than testing 1,434 numbers one by one.
 */
export function isReadable(frame: LandmarkFrame): boolean {
  const { points, count } = frame
  if (count !== 468 && count !== 478) return false
  const length = count * 3
  if (points.length < length) return false
  let x = 0
  let y = 0
  let z = 0
  for (let i = 0; i < length; i += 3) {
    x += points[i]
    y += points[i + 1]
    z += points[i + 2]
  }
  return Number.isFinite(x + y + z)
}
