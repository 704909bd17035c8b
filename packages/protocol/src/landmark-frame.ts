/**
 * One observation of a face, whatever form it came in (JSON, f32, u16). The caller owns the object
 * and hands it to a decoder again and again, so that 10 to 60 frames a second of every socket cost
 * no garbage. A decoder that does not answer `ok` leaves it half written: read it only after `ok`.
 */
import type { FrameVerdict } from './frame-problem.js'

/** MediaPipe Face Mesh with refined irises, and without: the only two counts a face may have. */
export const LANDMARK_COUNT = 478
export const LANDMARK_COUNT_WITHOUT_IRISES = 468

/** `LandmarkFrame.seq` of a client that does not number its frames. */
export const NO_SEQ = -1

/**
 * Coordinates are normalised to the picture. A face that leaves it goes beyond 0..1, but not by
 * picture sizes: values this large are pixels, or garbage.
 */
export const COORDINATE_LIMIT = 10

const MIN_ASPECT = 0.2
const MAX_ASPECT = 5

export interface LandmarkFrame {
  /** x, y, z of point after point; only the first `3 × count` belong to this frame. */
  readonly points: Float32Array
  /** 478, 468, or 0 when no face is in view. */
  count: number
  /** Picture width / height; 0 when the client did not say. */
  aspect: number
  /** The picture was flipped left to right before the face was found. Never set by JSON frames. */
  mirrored: boolean
  /** False: the camera runs, and there is no face. `count` is 0 then, and only then. */
  faceInView: boolean
  /** 0 to 4294967295, or `NO_SEQ`. */
  seq: number
  /** The client's clock at capture, milliseconds since 1970. */
  clientTimeMs: number
}

export const createLandmarkFrame = (): LandmarkFrame => ({
  points: new Float32Array(LANDMARK_COUNT * 3),
  count: 0,
  aspect: 0,
  mirrored: false,
  faceInView: false,
  seq: NO_SEQ,
  clientTimeMs: 0,
})

export const isFaceCount = (count: number): boolean =>
  count === LANDMARK_COUNT || count === LANDMARK_COUNT_WITHOUT_IRISES

/** Width / height of a camera picture, or 0 for unknown. */
export const isAspect = (aspect: number): boolean =>
  aspect === 0 || (aspect >= MIN_ASPECT && aspect <= MAX_ASPECT)

/** `NOT_FINITE` wins over `OUT_OF_RANGE`, whichever comes first in the frame. */
export function checkCoordinates(points: Float32Array, count: number): FrameVerdict {
  let outside = false
  for (let i = 0; i < count * 3; i++) {
    const size = Math.abs(points[i]!)
    if (!(size <= COORDINATE_LIMIT)) {
      if (!(size < Number.POSITIVE_INFINITY)) return 'NOT_FINITE'
      outside = true
    }
  }
  return outside ? 'OUT_OF_RANGE' : 'ok'
}
