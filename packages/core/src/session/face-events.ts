import Type, { type Static } from 'typebox'
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

/**
 * Which numbered frames a part accounts for: `from` to `to`, counted in it or known to have no effect
 * (the session was paused, the client skipped the number). `after` is what the generation builds on,
 * -1 for nothing; see `accepted-parts.ts`.
 */
export const FrameSpanSchema = Type.Object({
  epoch: Type.String(),
  generation: Count,
  after: Type.Integer({ minimum: -1 }),
  from: Count,
  to: Count,
})
export type FrameSpan = Static<typeof FrameSpanSchema>

/**
 * Data of `face.window`: what one process saw of one window, and which process that was. `frames` is
 * there where the client numbers its frames and is told what became of them.
 */
export const FaceWindowSchema = Type.Object({
  processId: Type.String(),
  window: Type.Unsafe<FaceWindowData>(Type.Object(WINDOW_SHAPE)),
  frames: Type.Optional(FrameSpanSchema),
})

/**
 * Data of `baseline.set`: lets another process go on from what the session has taught this one. The
 * engine itself judges a snapshot when it restores it.
 */
export const BaselineSetSchema = Type.Object({
  baseline: Type.Unsafe<BaselineSnapshot>(Type.Object({})),
})
