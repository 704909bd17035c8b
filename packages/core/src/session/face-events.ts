import Type from 'typebox'
import type { BaselineSnapshot } from '../face/baseline.js'
import { EXPRESSIONS } from '../face/expression.js'
import type { FaceWindowData } from '../face/window.js'

const Count = Type.Integer({ minimum: 0 })
const Unit = Type.Number({ minimum: 0, maximum: 1 })
const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const MaybeNumber = Maybe(Type.Number())
const MaybeNumbers = Maybe(Type.Array(Type.Number()))

/** `FaceWindowData` as it must look in the log; `satisfies` keeps the keys of both the same. */
const WINDOW_SHAPE = {
  index: Count,
  startMs: Type.Number(),
  endMs: Type.Number(),
  frames: Count,
  usable: Count,
  noFace: Count,
  poseRejected: Count,
  rejected: Count,
  dropped: Count,
  weight: Type.Number({ minimum: 0 }),
  probabilities: MaybeNumbers,
  label: Type.Enum([...EXPRESSIONS, 'unknown']),
  valence: MaybeNumber,
  arousal: MaybeNumber,
  dominance: MaybeNumber,
  valenceSlope: MaybeNumber,
  arousalSlope: MaybeNumber,
  dominanceSlope: MaybeNumber,
  timeMean: MaybeNumber,
  timeVariance: MaybeNumber,
  transitions: Count,
  blinks: Maybe(Count),
  blinkObservedMs: Type.Number({ minimum: 0 }),
  eyesClosedRatio: Maybe(Unit),
  eyesObservedMs: Type.Number({ minimum: 0 }),
  quality: Unit,
  confidence: Unit,
  entropy: MaybeNumber,
  coverage: Unit,
  actionUnits: MaybeNumbers,
  aspectAssumed: Type.Boolean(),
  meanAbsoluteYaw: MaybeNumber,
  meanAbsolutePitch: MaybeNumber,
} satisfies Record<keyof FaceWindowData, Type.TSchema>

/** Data of `face.window`: what one process saw of one window, and which process that was. */
export const FaceWindowSchema = Type.Object({
  processId: Type.String(),
  window: Type.Unsafe<FaceWindowData>(Type.Object(WINDOW_SHAPE)),
})

/**
 * Data of `baseline.set`: lets another process go on from what the session has taught this one. The
 * engine itself judges a snapshot when it restores it.
 */
export const BaselineSetSchema = Type.Object({
  baseline: Type.Unsafe<BaselineSnapshot>(Type.Object({})),
})
