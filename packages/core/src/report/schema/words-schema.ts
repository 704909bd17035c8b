import {
  EmotionOrUnknownSchema,
  HotlineCardSchema,
  InterventionSchema,
  SEVERITIES,
} from '@bemore/protocol'
import Type, { type Static } from 'typebox'
import { Count, Maybe, SessionTime, Signed, Unit, UnixTime } from './fields.js'

export const TextSectionSchema = Type.Object({
  utterances: Count,
  languages: Type.Object({ ko: Count, en: Count, unknown: Count }),
  meanValence: Maybe(Signed),
  distribution: Type.Record(Type.String(), Unit, {
    description: 'Mean probability of each emotion over the utterances; empty where none is known',
  }),
})
export type TextSection = Static<typeof TextSectionSchema>

export const ReportedUtteranceSchema = Type.Object({
  t: SessionTime,
  timestamp: UnixTime,
  text: Maybe(Type.String()),
  language: Type.Enum(['ko', 'en', 'unknown']),
  emotion: EmotionOrUnknownSchema,
  valence: Maybe(Signed),
  withheld: Type.Boolean({ description: 'Its words are not kept, and nothing was made of them' }),
})
export type ReportedUtterance = Static<typeof ReportedUtteranceSchema>

export const DistortionTallySchema = Type.Object({
  type: Type.String(),
  name: Type.String({ description: 'In the language of the report' }),
  count: Type.Integer({ minimum: 1, description: 'Utterances it was found in' }),
  severity: Type.Enum([...SEVERITIES], { description: 'The greatest that was found' }),
  evidence: Type.Array(Type.Object({ t: SessionTime, text: Type.String() }), { maxItems: 3 }),
})
export type DistortionTally = Static<typeof DistortionTallySchema>

export const ReportedInterventionSchema = Type.Object({
  t: SessionTime,
  timestamp: UnixTime,
  ...InterventionSchema.properties,
})
export type ReportedIntervention = Static<typeof ReportedInterventionSchema>

/** That a life may be at risk, when, and who can be called; never what was said, nor how grave. */
export const RiskSectionSchema = Type.Object({
  flagged: Type.Boolean(),
  count: Count,
  times: Type.Array(SessionTime),
  card: Maybe(HotlineCardSchema),
})
export type RiskSection = Static<typeof RiskSectionSchema>

export const NarrativeSchema = Type.Object({
  source: Type.Enum(['local', 'gemini']),
  text: Type.String(),
})
export type Narrative = Static<typeof NarrativeSchema>
