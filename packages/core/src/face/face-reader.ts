/**
 * One frame's measurement without any memory: fit, pose gate, frontalisation, features.
 */
import { FEATURES, writeFeatures } from './features.js'
import { LARGEST_MISFIT } from './frame-quality.js'
import { createFrontaliser, type Frontaliser, isReflected } from './frontalise.js'
import {
  ASSUMED_ASPECT,
  isPlausibleAspect,
  isReadable,
  type LandmarkFrame,
} from './landmark-frame.js'
import { POSE_WEIGHT_LIMIT, poseWeight, writePose } from './pose.js'
import { createRigidFit } from './rigid-fit.js'

/** `pose` yields valid angles and no features, `invalid` nothing at all. */
export type Reading = 'face' | 'pose' | 'invalid'

export interface FaceReader {
  /** In the order of FEATURES; of the last frame that was read as a face. */
  readonly features: Float64Array
  readonly face: Frontaliser
  /** Yaw, pitch, roll in degrees. */
  readonly pose: Float64Array
  readonly poseWeight: number
  /** Misfit of the rigid points, see RigidFit. */
  readonly residual: number
  readonly aspectAssumed: boolean
  /** The coordinates had been flipped and were flipped back. */
  readonly reflected: boolean
  read(frame: LandmarkFrame): Reading
}

/** A reader with its scratch; `read` allocates nothing. */
export function createFaceReader(): FaceReader {
  const fit = createRigidFit()
  const face = createFrontaliser()
  const features = new Float64Array(FEATURES.length)
  const pose = new Float64Array(3)
  const state = {
    features,
    face,
    pose,
    poseWeight: Number.NaN,
    residual: Number.NaN,
    aspectAssumed: false,
    reflected: false,
    read,
  }

  function read(frame: LandmarkFrame): Reading {
    if (!isReadable(frame)) return 'invalid'
    const { points } = frame
    state.aspectAssumed = !isPlausibleAspect(frame.aspect)
    state.reflected = isReflected(points)
    const aspect = state.aspectAssumed ? ASSUMED_ASPECT : frame.aspect
    const scaleX = state.reflected ? -aspect : aspect
    if (!fit.fit(points, scaleX, aspect)) return 'invalid'
    state.residual = fit.residual
    if (!(fit.residual <= LARGEST_MISFIT)) return 'invalid'
    writePose(fit.rotation, pose)
    state.poseWeight = poseWeight(pose[0], pose[1])
    if (frame.mirrored && !state.reflected) {
      // The model saw the mirror image; the person turned and tipped the other way.
      pose[0] = -pose[0]
      pose[2] = -pose[2]
    }
    if (state.poseWeight < POSE_WEIGHT_LIMIT) return 'pose'
    if (!face.frontalise(points, scaleX, aspect)) return 'invalid'
    writeFeatures(face, features)
    return 'face'
  }
  return state
}
