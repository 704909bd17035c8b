import Type from 'typebox'
import type { VoiceWindowData } from '../voice/window.js'
import { FrameSpanSchema } from './face-events.js'

const Count = Type.Integer({ minimum: 0 })
const Unit = Type.Number({ minimum: 0, maximum: 1 })
const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const MaybeNumber = Maybe(Type.Number())

/** `VoiceWindowData` as it must look in the log; `satisfies` keeps the keys of both the same. */
const WINDOW_SHAPE = {
  index: Count,
  startMs: Type.Number(),
  endMs: Type.Number(),
  source: Type.Enum(['pcm', 'client', 'none']),
  agc: Type.Enum(['on', 'off', 'unknown']),
  frames: Count,
  rejected: Count,
  dropped: Count,
  heardMs: Count,
  soundMs: Count,
  mutedMs: Count,
  speechMs: Count,
  pauseCount: Count,
  pauseMs: Count,
  longestPauseMs: Count,
  longPauseCount: Count,
  burstCount: Count,
  turnCount: Count,
  turnMs: Count,
  burstStartsMs: Type.Array(Type.Integer()),
  pitchMedian: MaybeNumber,
  pitchLow: MaybeNumber,
  pitchHigh: MaybeNumber,
  pitches: Maybe(Type.Object({ first: Count, counts: Type.Array(Count) })),
  tiltDb: MaybeNumber,
  tiltFrames: Count,
  loudnessDb: MaybeNumber,
  snrDb: MaybeNumber,
  levelFrames: Count,
  arousal: Maybe(Type.Number({ minimum: -1, maximum: 1 })),
  arousalUnits: Count,
  coverage: Unit,
  quality: Unit,
} satisfies Record<keyof VoiceWindowData, Type.TSchema>

/**
 * Data of `voice.window`: what one process heard of one window, and which process that was. `frames`
 * is there where the client numbers its frames and is told what became of them.
 */
export const VoiceWindowSchema = Type.Object({
  processId: Type.String(),
  window: Type.Unsafe<VoiceWindowData>(Type.Object(WINDOW_SHAPE)),
  frames: Type.Optional(FrameSpanSchema),
})
