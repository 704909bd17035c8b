/**
 * Head pose in degrees and how far it lets the features be trusted.
 *
 * Signs, in the unmirrored picture: yaw is positive when the head turns towards the subject's right
 * (the nose goes to the picture's left), pitch when the chin goes up, roll when the head tips
 * counter-clockwise. Yaw and pitch are read against the length of the axis in the picture plane, so
 * that a tilted head is not taken for a turned one.
 */
import { clampUnit } from './clamp.js'

const DEGREES = 180 / Math.PI

/** Below this weight there is no usable face: report that instead of a label. */
export const POSE_WEIGHT_LIMIT = 0.2

/** Angles of a row-major head-to-camera rotation, written to `out` as yaw, pitch, roll. */
export function writePose(rotation: Float64Array, out: Float64Array): void {
  const exX = rotation[0]
  const exY = rotation[3]
  const exZ = rotation[6]
  const eyX = rotation[1]
  const eyY = rotation[4]
  const eyZ = rotation[7]
  out[0] = Math.atan2(exZ, Math.sqrt(exX * exX + exY * exY)) * DEGREES
  out[1] = Math.atan2(-eyZ, Math.sqrt(eyX * eyX + eyY * eyY)) * DEGREES
  out[2] = Math.atan2(exY, exX) * DEGREES
}

/**
 * 1 up to 15 degrees of yaw and 12 of pitch, falling to 0 at 35 and 27. Beyond, the far half of the
 * face is the model's guess rather than a measurement, and a z scale off by 30 % already moves AU1
 * by .5 at yaw 20 / pitch 10.
 */
export function poseWeight(yaw: number, pitch: number): number {
  return (
    clampUnit(1 - Math.max(0, Math.abs(yaw) - 15) / 20) *
    clampUnit(1 - Math.max(0, Math.abs(pitch) - 12) / 15)
  )
}
