import { CbtFindingSchema, EmotionOrUnknownSchema, SessionStatusSchema } from '@bemore/protocol'
import Type, { type Static } from 'typebox'
import {
  AffectVectorSchema,
  ComparisonSchema,
  CoverageSchema,
  DataQualitySchema,
  EmotionSectionSchema,
  ExpressionSectionSchema,
} from './affect-schema.js'
import { Count, IsoTime, Maybe, Signed, Unit } from './fields.js'
import { AffectPointSchema, TimelineEntrySchema } from './timeline-schema.js'
import { VoiceSectionSchema } from './voice-schema.js'
import {
  DistortionTallySchema,
  NarrativeSchema,
  ReportedInterventionSchema,
  ReportedUtteranceSchema,
  RiskSectionSchema,
  TextSectionSchema,
} from './words-schema.js'

/**
 * Shapes of report and summary. The web client's fields (`vadTimeline`, `cbtFindings`, `vadVector`,
 * `keyObservations`, `dominantEmotion`, `cbt`, `recommendations`) keep the names and types it reads,
 * because a wrong type there crashes its page; "vad" in them is valence-arousal-dominance. Everything
 * else is ours.
 */
const IDENTITY = {
  sessionId: Type.String(),
  seq: Type.Integer({ minimum: 1, description: 'The log up to here is what this was made of' }),
  status: SessionStatusSchema,
  interim: Type.Boolean({ description: 'The session had not ended: a later report may differ' }),
  startedAt: IsoTime,
  endedAt: Maybe(IsoTime),
  endReason: Maybe(Type.String()),
  durationMs: Type.Integer({ minimum: 0, description: 'Start to end, pauses included' }),
  activeDurationMs: Type.Integer({ minimum: 0, description: 'Without the pauses' }),
  language: Type.Enum(['en', 'ko'], { description: 'Of the sentences' }),
}

/** What both have at their end. */
const CLOSING = {
  dataQuality: DataQualitySchema,
  risk: RiskSectionSchema,
  keyObservations: Type.Array(Type.String()),
  recommendations: Type.Array(Type.String()),
  source: Type.Enum(['local', 'gemini'], { description: 'Who put the narrative into words' }),
  notice: Type.String({ description: 'That this is not a diagnosis' }),
}

export const SessionReportSchema = Type.Object({
  ...IDENTITY,
  vadTimeline: Type.Array(AffectPointSchema),
  vadVector: Maybe(AffectVectorSchema),
  cbtFindings: Type.Array(CbtFindingSchema),
  emotion: EmotionSectionSchema,
  expression: ExpressionSectionSchema,
  voice: Maybe(VoiceSectionSchema),
  text: Maybe(TextSectionSchema),
  timeline: Type.Array(TimelineEntrySchema),
  utterances: Type.Array(ReportedUtteranceSchema),
  distortions: Type.Array(DistortionTallySchema),
  interventions: Type.Array(ReportedInterventionSchema),
  pauses: Type.Array(Type.Object({ from: IsoTime, to: Maybe(IsoTime) })),
  coverage: CoverageSchema,
  comparison: Maybe(ComparisonSchema),
  narrative: NarrativeSchema,
  feedback: Maybe(
    Type.Object(
      { rating: Type.Integer({ minimum: 1, maximum: 5 }), at: IsoTime },
      { description: 'How the person rated the session; null: not yet' },
    ),
  ),
  degraded: Type.Array(Type.String(), {
    description: 'What was done in a simpler way than usual, and why, e.g. chat:timeout',
  }),
  ...CLOSING,
})
export type SessionReport = Static<typeof SessionReportSchema>

const SignedOrDash = Type.Union([Signed, Type.Literal('-')])

export const SessionSummarySchema = Type.Object({
  ...IDENTITY,
  vadVector: Type.Object(
    { valence: SignedOrDash, arousal: SignedOrDash, dominance: SignedOrDash },
    {
      description:
        'Means over the usable time; "-" without data (the web client renders the value as it is)',
    },
  ),
  dominantEmotion: Type.Object({ emotion: EmotionOrUnknownSchema, share: Unit }),
  cbt: Type.Object({ totalDistortions: Count, mostCommon: Maybe(Type.String()) }),
  ...CLOSING,
})
export type SessionSummary = Static<typeof SessionSummarySchema>
