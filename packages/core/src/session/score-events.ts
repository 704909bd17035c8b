import Type, { type Static } from 'typebox'

/** A minute's place in a session of a day at most. */
export const LAST_MINUTE = 1_440

/**
 * What a client itself made of a minute of one modality, 0 to 100. Nothing is folded from it: the
 * engines measure for themselves. Its types say the modality, so consent and retention cover it.
 */
export const MinuteScoreSchema = Type.Object({
  minuteIndex: Type.Integer({ minimum: 0, maximum: LAST_MINUTE }),
  score: Type.Number({ minimum: 0, maximum: 100 }),
  confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
})
export type MinuteScore = Static<typeof MinuteScoreSchema>

export const SCORE_EVENT_SCHEMAS = {
  'face.score': MinuteScoreSchema,
  'voice.score': MinuteScoreSchema,
  'text.score': MinuteScoreSchema,
} as const
