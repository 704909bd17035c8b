/**
 * A face as MediaPipe FaceMesh would report it: the canonical model moved by action units, posed,
 * and projected weakly perspective, as FaceMesh itself assumes. It tests geometry and feeds load
 * tests; it does not show that the engine reads real people.
 */
import { ACTION_UNIT_FIELDS, SHAPE_FIELDS } from './simulated-face-anatomy.js'
import { CANTHUS_CM, CANTHUS_UNITS, MIRROR_VERTEX, VERTEX_COUNT } from './simulated-face-fields.js'
import { createRandom } from './simulated-face-random.js'
import { CANONICAL_VERTICES } from './simulated-face-vertices.js'

export interface SimulatedFaceOptions {
  /** Same seed, same person and same noise. Default 1. */
  readonly seed?: number
  /** How far the resting face is from the average one: 1 is a person drawn from the population. Default 0. */
  readonly variation?: number
  /** True leaves the canonical model's own half-open mouth and narrow eyes. Default false. */
  readonly canonical?: boolean
  /** 478 adds the irises. Default 478. */
  readonly count?: 468 | 478
  /** Picture width / height. Default 4:3. */
  readonly aspect?: number
  /** The picture was flipped before landmarking. Default false. */
  readonly mirrored?: boolean
  /** Standard deviation of each coordinate, in outer-canthus distances. Default 0; .004 is a webcam. */
  readonly noise?: number
}

export interface FacePose {
  /** Intensities by FACS number; 1 is a clear movement. */
  readonly actionUnits?: Readonly<Record<number, number>>
  /** Degrees: positive towards the subject's right, chin up, counter-clockwise in the picture. */
  readonly yaw?: number
  readonly pitch?: number
  readonly roll?: number
  /** Distance from the camera, default 60. */
  readonly distanceCm?: number
  /** Where the face is in the picture, 0..1; default the middle. */
  readonly x?: number
  readonly y?: number
  /** Irises in the eyes, -1..1, right and up positive. */
  readonly gazeX?: number
  readonly gazeY?: number
}

export interface SimulatedFace {
  readonly count: 468 | 478
  readonly aspect: number
  readonly mirrored: boolean
  /** Landmarks of one frame, written to `out` (or a new array) as x, y, z interleaved. */
  render(pose?: FacePose, out?: Float32Array): Float32Array
}

/** A webcam's vertical field of view, degrees. */
const FIELD_OF_VIEW = 40
const DEFAULT_DISTANCE_CM = 60
const RADIANS = Math.PI / 180

/** Right and left eye: outer and inner corner, iris centre, four iris ring landmarks. */
const EYES = [
  { outer: 33, inner: 133, centre: 468 },
  { outer: 263, inner: 362, centre: 473 },
] as const
const IRIS_RADIUS = 0.065
const IRIS_RING = [
  [0, 0],
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const

export function createSimulatedFace(options: SimulatedFaceOptions = {}): SimulatedFace {
  const { count = 478, aspect = 4 / 3, mirrored = false, noise = 0, seed = 1 } = options
  const random = createRandom(seed)
  const resting = createRestingFace(options, random.normal)
  const head = new Float64Array(478 * 3)

  function render(pose: FacePose = {}, out = new Float32Array(count * 3)): Float32Array {
    move(resting, pose, head)
    if (count === 478) placeIrises(head, pose)
    const project = createProjection(pose, aspect, mirrored)
    for (let i = 0; i < count; i++) {
      // In a flipped picture the model finds the subject's left where it looks for the right.
      const from = mirrored ? mirrorLandmark(i) : i
      const at = from * 3
      project(at3(head, at), at3(head, at + 1), at3(head, at + 2), out, i * 3)
    }
    if (noise > 0) addNoise(out, count, noise * scaleOf(pose), aspect, random.normal)
    return out
  }
  return { count, aspect, mirrored, render }
}

function at3(values: Float64Array | readonly number[], index: number): number {
  return values[index] as number
}

/** The person's resting face, in outer-canthus distances. */
function createRestingFace(options: SimulatedFaceOptions, normal: () => number): Float64Array {
  const face = Float64Array.from(CANONICAL_VERTICES, (value) => value / CANTHUS_UNITS)
  for (const { average, sd, field } of SHAPE_FIELDS) {
    // Drawn even where not used, so that the noise after it does not depend on the variation.
    const deviation = Math.min(Math.max(normal(), -2.5), 2.5) * sd * (options.variation ?? 0)
    const amount = options.canonical ? 0 : average + deviation
    field.forEach((value, i) => {
      face[i] = at3(face, i) + amount * value
    })
  }
  return face
}

function move(resting: Float64Array, pose: FacePose, head: Float64Array): void {
  head.set(resting)
  for (const [unit, intensity] of Object.entries(pose.actionUnits ?? {})) {
    const field = ACTION_UNIT_FIELDS.get(Number(unit))
    if (field === undefined) throw new RangeError(`no simulated action unit ${unit}`)
    if (intensity === 0) continue
    for (let i = 0; i < VERTEX_COUNT * 3; i++) {
      head[i] = at3(head, i) + intensity * at3(field, i)
    }
  }
}

function placeIrises(head: Float64Array, pose: FacePose): void {
  for (const { outer, inner, centre } of EYES) {
    const middle = (axis: number) => (at3(head, outer * 3 + axis) + at3(head, inner * 3 + axis)) / 2
    const halfWidth = Math.abs(at3(head, outer * 3) - at3(head, inner * 3)) / 2
    IRIS_RING.forEach(([dx, dy], k) => {
      const at = (centre + k) * 3
      head[at] = middle(0) + (pose.gazeX ?? 0) * halfWidth + dx * IRIS_RADIUS
      head[at + 1] = middle(1) + (pose.gazeY ?? 0) * halfWidth + dy * IRIS_RADIUS
      head[at + 2] = middle(2)
    })
  }
}

function mirrorLandmark(landmark: number): number {
  if (landmark < VERTEX_COUNT) return MIRROR_VERTEX[landmark] as number
  return landmark < 473 ? landmark + 5 : landmark - 5
}

/** Picture heights per outer-canthus distance. */
function scaleOf(pose: FacePose): number {
  const heightCm =
    2 * (pose.distanceCm ?? DEFAULT_DISTANCE_CM) * Math.tan((FIELD_OF_VIEW / 2) * RADIANS)
  return CANTHUS_CM / heightCm
}

type Projection = (x: number, y: number, z: number, out: Float32Array, at: number) => void

/** Head (y up, z towards the camera) to MediaPipe's convention: y down, smaller z nearer, z in units of x. */
function createProjection(pose: FacePose, aspect: number, mirrored: boolean): Projection {
  const scale = scaleOf(pose)
  const [cy, sy] = turn(-(pose.yaw ?? 0))
  const [cx, sx] = turn(-(pose.pitch ?? 0))
  const [cz, sz] = turn(pose.roll ?? 0)
  const left = pose.x ?? 0.5
  const top = pose.y ?? 0.5
  return (x, y, z, out, at) => {
    const x1 = cy * x + sy * z
    const z1 = cy * z - sy * x
    const y2 = cx * y - sx * z1
    const z2 = sx * y + cx * z1
    const x3 = cz * x1 - sz * y2
    const y3 = sz * x1 + cz * y2
    const across = left + (x3 * scale) / aspect
    out[at] = mirrored ? 1 - across : across
    out[at + 1] = top - y3 * scale
    out[at + 2] = (-z2 * scale) / aspect
  }
}

function turn(degrees: number): [cosine: number, sine: number] {
  return [Math.cos(degrees * RADIANS), Math.sin(degrees * RADIANS)]
}

function addNoise(
  out: Float32Array,
  count: number,
  sd: number,
  aspect: number,
  normal: () => number,
): void {
  for (let i = 0; i < count * 3; i += 3) {
    out[i] = (out[i] as number) + (normal() * sd) / aspect
    out[i + 1] = (out[i + 1] as number) + normal() * sd
    out[i + 2] = (out[i + 2] as number) + (normal() * sd) / aspect
  }
}
