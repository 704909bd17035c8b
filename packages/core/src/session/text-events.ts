import { EMOTIONS, SEVERITIES, URGENCIES, UtteranceIdSchema } from '@bemore/protocol'
import Type, { type Static } from 'typebox'

const Unit = Type.Number({ minimum: 0, maximum: 1 })
const Signed = Type.Number({ minimum: -1, maximum: 1 })
const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

/** The ten cognitive distortions of Burns (Feeling Good, 1980). */
export const DISTORTIONS = [
  'all_or_nothing',
  'overgeneralization',
  'mental_filter',
  'disqualifying_positive',
  'jumping_to_conclusions',
  'magnification',
  'emotional_reasoning',
  'should_statements',
  'labeling',
  'personalization',
] as const
export type DistortionType = (typeof DISTORTIONS)[number]

/** How certain it is that somebody's life is at risk is not asked: a tier says what was spoken of. */
export const RISK_TIERS = ['wish', 'thoughts', 'method', 'intent', 'behaviour'] as const
export type RiskTier = (typeof RISK_TIERS)[number]

export const RISK_SUBJECTS = ['self', 'other', 'unclear'] as const
export type RiskSubject = (typeof RISK_SUBJECTS)[number]

/** What the words of an utterance say of affect; `probabilities` in the order of EMOTIONS. */
export const TextEmotionSchema = Type.Object({
  label: Type.Enum([...EMOTIONS, 'unknown']),
  probabilities: Maybe(Type.Array(Unit, { minItems: EMOTIONS.length, maxItems: EMOTIONS.length })),
  valence: Maybe(Signed),
  arousal: Maybe(Signed),
  dominance: Maybe(Signed),
  confidence: Unit,
})
export type TextEmotion = Static<typeof TextEmotionSchema>

export const DetectedDistortionSchema = Type.Object({
  type: Type.Enum([...DISTORTIONS]),
  severity: Type.Enum([...SEVERITIES]),
  confidence: Unit,
  examples: Type.Array(Type.String()),
})
export type DetectedDistortion = Static<typeof DetectedDistortionSchema>

/** Data of `text.utterance`. `text` is null where it was withheld: a flagged one is not kept. */
export const TextUtteranceSchema = Type.Object({
  utteranceId: UtteranceIdSchema,
  origin: Type.Enum(['voice', 'session', 'rest']),
  text: Maybe(Type.String()),
  language: Type.Enum(['ko', 'en', 'unknown']),
  /** When it was said, Unix ms, where the client knows. */
  startedAt: Type.Optional(Type.Number()),
  endedAt: Type.Optional(Type.Number()),
  sttConfidence: Type.Optional(Unit),
  emotion: TextEmotionSchema,
  distortions: Type.Array(DetectedDistortionSchema),
})

/** Data of `cbt.intervention`: ids, so that a report can say it in another language. */
export const CbtInterventionSchema = Type.Object({
  interventionId: Type.String(),
  utteranceId: UtteranceIdSchema,
  type: Type.Enum([...DISTORTIONS]),
  severity: Type.Enum([...SEVERITIES]),
  urgency: Type.Enum([...URGENCIES]),
  questionIds: Type.Array(Type.String()),
  taskIds: Type.Array(Type.String()),
})

/** Data of `risk.flagged`: that it was, and never what was said. */
export const RiskFlaggedSchema = Type.Object({
  riskId: Type.String(),
  tier: Type.Enum([...RISK_TIERS]),
  /** Of what was said; else the session's. */
  language: Type.Optional(Type.Enum(['ko', 'en'])),
  subject: Type.Enum([...RISK_SUBJECTS]),
  utteranceId: Maybe(UtteranceIdSchema),
})

/** Data of `chat.message`; `reason` says why a reply is a prepared one, or was cut short. */
export const ChatMessageSchema = Type.Object({
  messageId: Type.String(),
  role: Type.Enum(['user', 'assistant']),
  text: Maybe(Type.String()),
  source: Type.Enum(['client', 'local', 'gemini']),
  reason: Type.Optional(Type.String()),
})
