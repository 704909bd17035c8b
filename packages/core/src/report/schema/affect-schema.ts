import { EmotionOrUnknownSchema } from '@bemore/protocol'
import Type, { type Static } from 'typebox'
import { Count, IsoTime, Maybe, Signed, Unit } from './fields.js'

export const AffectVectorSchema = Type.Object({
  valence: Signed,
  arousal: Signed,
  dominance: Signed,
})
export type AffectVector = Static<typeof AffectVectorSchema>

const LABEL_SECTION = {
  dominant: EmotionOrUnknownSchema,
  share: Type.Number({ minimum: 0, maximum: 1, description: 'Of the usable time in which it led' }),
  distribution: Type.Record(Type.String(), Unit, {
    description: 'Mean probability of each label over the usable time; empty without data',
  }),
  transitions: Type.Integer({ minimum: 0, description: 'Changes of the label' }),
}

/** Of face, voice and words together, over the eight labels of the web client. */
export const EmotionSectionSchema = Type.Object({ ...LABEL_SECTION, meanConfidence: Unit })
export type EmotionSection = Static<typeof EmotionSectionSchema>

/** Of the face alone, over its seven labels. */
export const ExpressionSectionSchema = Type.Object(LABEL_SECTION)
export type ExpressionSection = Static<typeof ExpressionSectionSchema>

/** Shares of the active time, 0..1. */
export const CoverageSchema = Type.Object({
  face: Type.Number({ minimum: 0, maximum: 1, description: 'With a usable face' }),
  voice: Type.Number({ minimum: 0, maximum: 1, description: 'In which the microphone was heard' }),
  text: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'Of the 10 s windows in which something was said in words',
  }),
})
export type Coverage = Static<typeof CoverageSchema>

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
      'no_face_data, low_coverage, aspect_assumed, frames_dropped; no_voice_data, low_snr, voice_by_client (a client’s word instead of sound), gain_controlled (the browser levelled the volume); no_text; face_refused, face_withdrawn and the same for voice and text: consent was not given or taken back; erased_by_retention: kept no longer',
  }),
})
export type DataQuality = Static<typeof DataQualitySchema>

const FigureSchema = Maybe(
  Type.Object({
    now: Type.Number(),
    usual: Type.Number({ description: 'Median of the earlier sessions' }),
    change: Type.Enum(['lower', 'similar', 'higher']),
  }),
)

/** This session beside the same person's earlier ones, never beside anybody else's. */
export const ComparisonSchema = Type.Object({
  sessions: Type.Integer({ minimum: 1, description: 'Earlier sessions it is held against' }),
  since: IsoTime,
  valence: FigureSchema,
  arousal: FigureSchema,
  speakingRatio: FigureSchema,
  speechRate: FigureSchema,
  meanPauseMs: FigureSchema,
})
export type Comparison = Static<typeof ComparisonSchema>
