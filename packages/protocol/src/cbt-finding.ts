/**
 * What was found in an utterance and what is offered for it, in the shape the web client renders. It
 * crashes on any other severity or difficulty, and on anything but strings where strings are read, so
 * the live message and the report are both made from this one definition.
 */
import Type, { type Static } from 'typebox'

export const SEVERITIES = ['low', 'medium', 'high'] as const
export const URGENCIES = ['immediate', 'soon', 'routine'] as const
export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const

export const DetectionSchema = Type.Object({
  type: Type.String({ description: 'One of the ten of Burns, e.g. all_or_nothing' }),
  name: Type.String({ description: 'Its name in the language of the reply' }),
  name_ko: Type.String(),
  severity: Type.Enum([...SEVERITIES]),
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  examples: Type.Array(Type.String(), { description: 'The words it was found in' }),
})
export type DetectionView = Static<typeof DetectionSchema>

export const InterventionSchema = Type.Object({
  distortionType: Type.String(),
  distortionName: Type.String(),
  severity: Type.Enum([...SEVERITIES]),
  urgency: Type.Enum([...URGENCIES]),
  questions: Type.Array(Type.String()),
  tasks: Type.Array(
    Type.Object({
      title: Type.String(),
      description: Type.String(),
      difficulty: Type.Enum([...DIFFICULTIES]),
      duration: Type.String(),
    }),
  ),
})
export type InterventionView = Static<typeof InterventionSchema>

export const CbtFindingSchema = Type.Object({
  hasDistortions: Type.Boolean(),
  needsIntervention: Type.Boolean(),
  detections: Type.Array(DetectionSchema),
  intervention: Type.Optional(InterventionSchema),
})
export type CbtFinding = Static<typeof CbtFindingSchema>
