import { EmotionOrUnknownSchema, SessionStatusSchema } from '@bemore/protocol'
import Type, { type Static } from 'typebox'

/**
 * Shapes of report, summary and timeline. The web client's fields (`vadTimeline`, `cbtFindings`,
 * `vadVector`, `keyObservations`, `dominantEmotion`, `cbt`, `recommendations`) keep the names and
 * types it reads, because a wrong type there crashes its page; "vad" in them is
 * valence-arousal-dominance. Everything else is ours.
 */

const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const Unit = Type.Number({ minimum: 0, maximum: 1 })
const Signed = Type.Number({ minimum: -1, maximum: 1 })
const Count = Type.Integer({ minimum: 0 })
const IsoTime = Type.String({ description: 'ISO 8601, UTC' })

/** One 10 s window of the session's clock; parts of it from several sockets are merged. */
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
  quality: Unit,
  coverage: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'Share of `durationMs` with a usable face',
  }),
  frameCount: Count,
})
export type TimelineEntry = Static<typeof TimelineEntrySchema>

/** A window with a usable face, as the web client draws it: always numbers. */
export const AffectPointSchema = Type.Object({
  t: Type.Integer({ minimum: 0, description: 'ms since the session started' }),
  timestamp: Type.Integer({ description: 'Unix ms' }),
  valence: Signed,
  arousal: Signed,
  dominance: Signed,
})

const AffectVectorSchema = Type.Object({ valence: Signed, arousal: Signed, dominance: Signed })

const IdentitySchema = {
  sessionId: Type.String(),
  seq: Type.Integer({ minimum: 1, description: 'The log up to here is what this was made of' }),
  status: SessionStatusSchema,
  interim: Type.Boolean({ description: 'The session had not ended: a later report may differ' }),
  startedAt: IsoTime,
  endedAt: Maybe(IsoTime),
  endReason: Maybe(Type.String()),
  durationMs: Type.Integer({ minimum: 0, description: 'Start to end, pauses included' }),
  activeDurationMs: Type.Integer({ minimum: 0, description: 'Without the pauses' }),
}

export const DataQualitySchema = Type.Object({
  frames: Count,
  usableFrames: Count,
  framesWithoutFace: Count,
  framesRejectedByPose: Count,
  framesMalformed: Count,
  framesDropped: Type.Integer({ minimum: 0, description: 'Sampled away above the rate limit' }),
  coverage: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'Share of the active time with a usable face',
  }),
  meanQuality: Unit,
  aspectAssumed: Type.Boolean({
    description: 'The client did not send the aspect ratio: 4:3 was assumed for some frames',
  }),
  flags: Type.Array(Type.String(), {
    description:
      'no_face_data, low_coverage, aspect_assumed, frames_dropped; face_refused, face_withdrawn and the same for voice and text: consent was not given or taken back; erased_by_retention: kept no longer',
  }),
})
export type DataQuality = Static<typeof DataQualitySchema>

export const ExpressionSectionSchema = Type.Object({
  dominant: EmotionOrUnknownSchema,
  share: Type.Number({ minimum: 0, maximum: 1, description: 'Of the usable time in which it led' }),
  distribution: Type.Record(Type.String(), Unit, {
    description: 'Mean probability of each label over the usable time; empty without data',
  }),
  transitions: Type.Integer({ minimum: 0, description: 'Changes of the displayed label' }),
})
export type ExpressionSection = Static<typeof ExpressionSectionSchema>

/** The web client's finding; text analysis fills it. An empty array hides the section there. */
export const CbtFindingSchema = Type.Object({
  hasDistortions: Type.Boolean(),
  needsIntervention: Type.Boolean(),
  detections: Type.Array(Type.Unknown()),
})

export const SessionReportSchema = Type.Object({
  ...IdentitySchema,
  vadTimeline: Type.Array(AffectPointSchema),
  vadVector: Maybe(AffectVectorSchema),
  cbtFindings: Type.Array(CbtFindingSchema),
  expression: ExpressionSectionSchema,
  timeline: Type.Array(TimelineEntrySchema),
  pauses: Type.Array(Type.Object({ from: IsoTime, to: Maybe(IsoTime) })),
  dataQuality: DataQualitySchema,
  keyObservations: Type.Array(Type.String()),
  source: Type.Literal('local'),
  notice: Type.String({ description: 'That this is not a diagnosis' }),
})
export type SessionReport = Static<typeof SessionReportSchema>

export const SessionSummarySchema = Type.Object({
  ...IdentitySchema,
  vadVector: Type.Object(
    {
      valence: Type.Union([Signed, Type.Literal('-')]),
      arousal: Type.Union([Signed, Type.Literal('-')]),
      dominance: Type.Union([Signed, Type.Literal('-')]),
    },
    {
      description:
        'Means over the usable time; "-" without data (the web client renders the value as it is)',
    },
  ),
  keyObservations: Type.Array(Type.String()),
  dominantEmotion: Type.Object({ emotion: EmotionOrUnknownSchema, share: Unit }),
  recommendations: Type.Array(Type.String()),
  cbt: Type.Object({ totalDistortions: Count, mostCommon: Maybe(Type.String()) }),
  dataQuality: DataQualitySchema,
  source: Type.Literal('local'),
  notice: Type.String(),
})
export type SessionSummary = Static<typeof SessionSummarySchema>
