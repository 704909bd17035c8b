/**
 * What moves in a simulated face: the action units, and the ways in which one resting face differs
 * from another.
 */
import { type Displacement, pull, spreadDisplacement } from './simulated-face-fields.js'

/** A clear ("C") movement of each FACS action unit; 14 is the right corner only. */
const MOVEMENTS: Record<number, readonly Displacement[]> = {
  1: [pull('brows', 0.07, '107,55 0 .05; 66,65 0 .035; 105,52 0 .015; 71,46 0 0')],
  2: [pull('brows', 0.07, '71 0 .055; 46 0 .045; 105 0 .07; 52 0 .06; 66,65 0 .02; 107,55 0 0')],
  4: [pull('brows', 0.07, '107,55 -.018 -.045; 66 -.008 -.035; 105 0 -.02; 71 0 0')],
  5: [pull('upperLids', 0.05, '160,158 0 .018; 159 0 .02')],
  6: [pull('lowerLids', 0.05, '144,145,153 0 .009'), pull('lowerFace', 0.12, '50 0 .02 .01')],
  7: [pull('upperLids', 0.05, '160,158 0 -.015'), pull('lowerLids', 0.05, '144,153 0 .012')],
  9: [
    pull('nose', 0.06, '2 0 .034; 4 0 .015; 75 .022 .02; 129,98 .02 .02; 168 0 0'),
    pull('brows', 0.07, '107,55 0 -.028; 105 0 -.008'),
  ],
  10: [pull('upperLip', 0.05, '0,37,39 0 .036; 13,82 0 .033; 81 0 .03; 61,78 0 0')],
  12: [
    pull(
      'lips',
      0.05,
      '61 .075 .065 -.03; 78 .075 .06 -.03; 40 .035 .03; 80 .035 .025; 91,88 .035 .015; 37,84,82,87 .005 0; 0,13,14,17 0 0',
    ),
    pull('lowerFace', 0.1, '50 0 .02 .02'),
  ],
  14: [{ ...pull('lips', 0.05, '61,78 .01 .055; 40,91 0 .015; 37,84 0 0'), rightOnly: true }],
  15: [pull('lips', 0.05, '61 0 -.042; 78 0 -.04; 40,91 0 -.012; 37,84,82,87 0 0')],
  17: [
    pull('upperLip', 0.03, '0 0 .012; 39 0 -.006; 13 0 .006'),
    pull('jaw', 0.12, '152 0 .055 .01; 17,14,84,91 0 0'),
  ],
  20: [pull('lips', 0.05, '61 .052 0; 78 .05 0; 40,91 .025 0; 37,84 .005 0; 0,17 0 0')],
  24: [
    pull('upperLip', 0.025, '0,37 0 -.02; 39 0 -.018; 13,82,81 0 0'),
    pull('lowerLip', 0.025, '17,84 0 .02; 181 0 .018; 14,87,178 0 0'),
  ],
  25: [
    pull('upperLip', 0.06, '0,13,81 0 .012; 61,78 0 0'),
    pull('lowerLip', 0.06, '14,87,178 0 -.055; 17,181 0 -.05; 61,78 0 0'),
  ],
  26: [
    pull(
      'jaw',
      0.12,
      '14,87 0 -.22 -.07; 178 0 -.21 -.07; 17,84 0 -.22 -.08; 152 0 -.19 -.13; 148 0 -.18 -.12; 149 0 -.13 -.1; 136 0 -.06 -.05; 61,78 -.015 -.06',
    ),
  ],
  43: [pull('upperLids', 0.04, '161,157 0 -.04; 160,158 0 -.062; 159 0 -.068')],
}

interface Shape {
  /** How far the average resting face is from the canonical one, which has its mouth half open. */
  readonly average: number
  /** How far people differ in it. */
  readonly sd: number
  /** The displacement at 1, in outer-canthus distances. */
  readonly by: Displacement
}

const SHAPES: Record<string, Shape> = {
  browInner: {
    average: -0.029,
    sd: 0.024,
    by: pull('brows', 0.07, '107,55 0 1; 66 0 .7; 105 0 0'),
  },
  browMiddle: { average: -0.014, sd: 0.02, by: pull('brows', 0.07, '105,52 0 1; 107,71 0 0') },
  browOuter: { average: -0.02, sd: 0.018, by: pull('brows', 0.07, '71,46 0 1; 105 0 0') },
  browGap: { average: 0.003, sd: 0.006, by: pull('brows', 0.06, '107,55 1 0') },
  upperLid: { average: 0.017, sd: 0.01, by: pull('upperLids', 0.05, '160,159,158 0 1') },
  lowerLid: { average: 0.001, sd: 0.006, by: pull('lowerLids', 0.05, '144,145,153 0 -1') },
  noseLength: { average: -0.037, sd: 0.025, by: pull('nose', 0.12, '2,75 0 -1; 4 0 -.8; 168 0 0') },
  noseWidth: { average: 0.026, sd: 0.009, by: pull('nose', 0.07, '75,129,98 1 0; 2 0 0') },
  mouthHeight: { average: 0.014, sd: 0.02, by: pull('lips', 1000, '0 0 1') },
  mouthWidth: {
    average: -0.003,
    sd: 0.018,
    by: pull('lips', 0.05, '61,78 1 0; 40,91 .5 0; 0,17 0 0'),
  },
  mouthOpen: {
    average: -0.044,
    sd: 0.004,
    by: pull('lowerLip', 0.06, '14,87,178,17,84 0 -1; 88 0 -.7; 78,61 0 0'),
  },
  cornerRaise: {
    average: 0.03,
    sd: 0.014,
    by: pull('lips', 0.05, '61,78 0 1; 40,91 0 .3; 0,17 0 0'),
  },
  upperLip: {
    average: 0.004,
    sd: 0.01,
    by: pull('upperLip', 0.025, '0,37 0 1; 39 0 .9; 40 0 .5; 13,82,81 0 0'),
  },
  lowerLip: {
    average: 0.017,
    sd: 0.014,
    by: pull('lowerLip', 0.025, '17,84 0 -1; 181 0 -.9; 91 0 -.5; 14,87,178 0 0'),
  },
  chin: {
    average: -0.17,
    sd: 0.04,
    by: pull('jaw', 0.2, '152,148 0 -1; 149 0 -.7; 17,14,84,91 0 0'),
  },
}

function spreadAll(displacements: readonly Displacement[]): Float64Array {
  const fields = displacements.map(spreadDisplacement)
  const [first] = fields
  if (first === undefined) throw new RangeError('an action unit moves something')
  return first.map((_, i) => fields.reduce((sum, field) => sum + (field[i] ?? 0), 0))
}

/** Displacement of every vertex at intensity 1, by FACS number. */
export const ACTION_UNIT_FIELDS: ReadonlyMap<number, Float64Array> = new Map(
  Object.entries(MOVEMENTS).map(([unit, displacements]) => [
    Number(unit),
    spreadAll(displacements),
  ]),
)

export interface ShapeField {
  readonly average: number
  readonly sd: number
  /** Displacement of every vertex at 1. */
  readonly field: Float64Array
}

/** The ways in which resting faces differ. */
export const SHAPE_FIELDS: readonly ShapeField[] = Object.values(SHAPES).map(
  ({ average, sd, by }) => ({ average, sd, field: spreadDisplacement(by) }),
)
