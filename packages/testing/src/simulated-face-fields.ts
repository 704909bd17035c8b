/**
 * Smooth displacements of the canonical face: each is given by a few landmarks that are pulled, and
 * spreads to the vertices around them. Lengths are in outer-canthus distances.
 */
import { CANONICAL_VERTICES } from './simulated-face-vertices.js'

export const VERTEX_COUNT = CANONICAL_VERTICES.length / 3

/** Outer-canthus distance of the canonical face, centimetres. */
export const CANTHUS_CM = 8.891718

/** Units of CANONICAL_VERTICES in one outer-canthus distance. */
export const CANTHUS_UNITS = CANTHUS_CM * 1000

/** A landmark of the right half or the middle, and where it goes: outwards, up, towards the camera. */
interface Pull {
  readonly landmark: number
  readonly out: number
  readonly up: number
  readonly towards: number
}

/** Which vertices a displacement may touch: lids must not follow the brow, nor lips each other. */
export type Region =
  | 'brows'
  | 'upperLids'
  | 'lowerLids'
  | 'nose'
  | 'lips'
  | 'upperLip'
  | 'lowerLip'
  | 'jaw'
  | 'lowerFace'

/** See `pull`. */
export interface Displacement {
  readonly region: Region
  /** Distance at which a pull has fallen to 1/e. */
  readonly radius: number
  readonly pulls: readonly Pull[]
  /** Only the right half moves. */
  readonly rightOnly?: boolean
}

const UPPER_LIDS = [246, 161, 160, 159, 158, 157, 173]
const LOWER_LIDS = [7, 163, 144, 145, 153, 154, 155]
const LIP_CORNERS = [61, 76, 62, 78]
const UPPER_LIP = [
  185, 40, 39, 37, 0, 184, 74, 73, 72, 11, 183, 42, 41, 38, 12, 191, 80, 81, 82, 13,
]
const LOWER_LIP = [
  146, 91, 181, 84, 17, 77, 90, 180, 85, 16, 96, 89, 179, 86, 15, 95, 88, 178, 87, 14,
]

/**
 * A displacement written short: `'107,55 0 .05; 66 0 .035 -.01'` pulls landmarks 107 and 55 up by
 * .05, and 66 up by .035 and back by .01.
 */
export function pull(region: Region, radius: number, spec: string): Displacement {
  const pulls = spec.split(';').flatMap((group) => {
    const [landmarks = '', out, up, towards] = group.trim().split(/\s+/)
    return landmarks.split(',').map((landmark) => ({
      landmark: Number(landmark),
      out: Number(out),
      up: Number(up),
      towards: Number(towards ?? 0),
    }))
  })
  return { region, radius, pulls }
}

/** Position of a vertex of the canonical face along one axis. */
export function canonicalAt(vertex: number, axis: 0 | 1 | 2): number {
  return (CANONICAL_VERTICES[vertex * 3 + axis] as number) / CANTHUS_UNITS
}

/** For every vertex the one at its mirror place; the model is symmetric but its numbering is not. */
export const MIRROR_VERTEX: readonly number[] = Array.from(
  { length: VERTEX_COUNT },
  (_, vertex) => {
    let nearest = vertex
    let least = Number.POSITIVE_INFINITY
    for (let other = 0; other < VERTEX_COUNT; other++) {
      const distance =
        (canonicalAt(vertex, 0) + canonicalAt(other, 0)) ** 2 +
        (canonicalAt(vertex, 1) - canonicalAt(other, 1)) ** 2 +
        (canonicalAt(vertex, 2) - canonicalAt(other, 2)) ** 2
      if (distance < least) {
        least = distance
        nearest = other
      }
    }
    return nearest
  },
)

const MEMBERS: Record<Region, (vertex: number) => boolean> = {
  brows: (vertex) => canonicalAt(vertex, 1) > 0.38,
  upperLids: isOneOf(UPPER_LIDS),
  lowerLids: isOneOf(LOWER_LIDS),
  nose: (vertex) =>
    Math.abs(canonicalAt(vertex, 0)) < 0.3 &&
    canonicalAt(vertex, 1) > -0.33 &&
    canonicalAt(vertex, 1) < 0.34,
  lips: isOneOf([...UPPER_LIP, ...LOWER_LIP, ...LIP_CORNERS]),
  upperLip: isOneOf([...UPPER_LIP, ...LIP_CORNERS]),
  lowerLip: isOneOf([...LOWER_LIP, ...LIP_CORNERS]),
  jaw: isLowerJaw,
  lowerFace: (vertex) => canonicalAt(vertex, 1) < 0.1,
}

function isOneOf(rightHalf: readonly number[]): (vertex: number) => boolean {
  const set = new Set(rightHalf)
  return (vertex) => set.has(vertex) || set.has(MIRROR_VERTEX[vertex] as number)
}

function isLowerJaw(vertex: number): boolean {
  return (
    isOneOf([...LOWER_LIP, ...LIP_CORNERS])(vertex) ||
    (canonicalAt(vertex, 1) < -0.54 && !isOneOf(UPPER_LIP)(vertex))
  )
}

/** The displacement of every vertex (x, y, z interleaved) at full strength. */
export function spreadDisplacement(displacement: Displacement): Float64Array {
  const field = new Float64Array(VERTEX_COUNT * 3)
  const isMember = MEMBERS[displacement.region]
  for (let vertex = 0; vertex < VERTEX_COUNT; vertex++) {
    if (!isMember(vertex)) continue
    const x = canonicalAt(vertex, 0)
    const inMiddle = Math.abs(x) < 1e-3
    const onRight = x < 0
    if (displacement.rightOnly && !onRight) continue
    const moved = pulledBy(displacement, onRight || inMiddle ? vertex : mirrorOf(vertex))
    field[vertex * 3] = inMiddle ? 0 : onRight ? -moved[0] : moved[0]
    field[vertex * 3 + 1] = moved[1]
    field[vertex * 3 + 2] = moved[2]
  }
  return field
}

function mirrorOf(vertex: number): number {
  return MIRROR_VERTEX[vertex] as number
}

/**
 * Where pulls overlap their weighted mean is taken, so that a pulled landmark goes about as far as
 * it was told to; away from all of them the movement dies out.
 */
function pulledBy(displacement: Displacement, vertex: number): [number, number, number] {
  const moved: [number, number, number] = [0, 0, 0]
  let total = 0
  for (const { landmark, out, up, towards } of displacement.pulls) {
    const squared =
      (canonicalAt(vertex, 0) - canonicalAt(landmark, 0)) ** 2 +
      (canonicalAt(vertex, 1) - canonicalAt(landmark, 1)) ** 2 +
      (canonicalAt(vertex, 2) - canonicalAt(landmark, 2)) ** 2
    const weight = Math.exp(-squared / displacement.radius ** 2)
    total += weight
    moved[0] += weight * out
    moved[1] += weight * up
    moved[2] += weight * towards
  }
  const scale = 1 / Math.max(total, 1)
  return [moved[0] * scale, moved[1] * scale, moved[2] * scale]
}
