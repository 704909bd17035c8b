import { EmotionOrUnknownSchema, MODALITIES } from '@bemore/protocol'
import Type, { type Static } from 'typebox'

import { Count, Maybe, Milliseconds, SessionTime, Signed, Unit, UnixTime } from './fields.js'

export const IncongruenceSchema = Type.Enum(
  ['smile-with-unpleasant-words', 'frown-with-pleasant-words'],
  { description: 'Face and words on two sides: something to look at together, and no verdict' },
)

/**
 * One 10 s window of the session's clock in which anything was seen, heard or said; parts of it from
 * several sockets are merged. What it says of affect is of face, voice and words together.
 */
export const TimelineEntrySchema = Type.Object({
  window: Type.Integer({ minimum: 0, description: 'Index on the session clock, 10 s each' }),
  t: Type.Integer({ minimum: 0, description: 'Start of the window, ms since the session started' }),
  timestamp: Type.Integer({ description: 'Start of the window, Unix ms' }),
  durationMs: Type.Integer({
    minimum: 0,
    description: 'Time the session ran in it, without pauses',
  }),
  emotion: EmotionOrUnknownSchema,
  confidence: Unit,
  probabilities: Maybe(Type.Record(Type.String(), Unit)),
  valence: Maybe(Signed),
  arousal: Maybe(Signed),
  dominance: Maybe(Signed),
  quality: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'How much there is to go by: the weights of the sources times their quality',
  }),
  sources: Type.Array(Type.Enum([...MODALITIES]), { description: 'What it rests on' }),
  coverage: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'Share of `durationMs` with a usable face',
  }),
  frameCount: Count,
  voice: Maybe(
    Type.Object({
      speechMs: Milliseconds,
      speakingRatio: Maybe(Unit),
      pauseCount: Count,
      arousal: Maybe(Signed),
    }),
  ),
  text: Maybe(Type.Object({ utterances: Count, valence: Maybe(Signed) })),
  incongruence: Maybe(IncongruenceSchema),
})
export type TimelineEntry = Static<typeof TimelineEntrySchema>

/** A window whose affect is known, as the web client draws it: always numbers. */
export const AffectPointSchema = Type.Object({
  t: SessionTime,
  timestamp: UnixTime,
  valence: Signed,
  arousal: Signed,
  dominance: Signed,
})
