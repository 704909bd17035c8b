import { MODALITIES } from '@bemore/protocol'
import Type, { type Static } from 'typebox'

/** Data of `consent.recorded`: what was decided about one modality, by whom, on which notice. */
export const ConsentRecordedSchema = Type.Object({
  modality: Type.Enum([...MODALITIES]),
  decision: Type.Enum(['granted', 'refused', 'withdrawn', 'assumed']),
  noticeVersion: Type.String(),
  source: Type.Enum(['client', 'default', 'deployment']),
})
export type ConsentRecorded = Static<typeof ConsentRecordedSchema>

/** Why there is a row in the log without what it said. */
export const ErasureReasonSchema = Type.Enum(['withdrawn', 'refused', 'retention'])
export type ErasureReason = Static<typeof ErasureReasonSchema>

export const CONSENT_EVENT_SCHEMAS = {
  'consent.recorded': ConsentRecordedSchema,
  /** Stands where an event stood whose data was erased, so that the log keeps no gap. */
  'event.erased': Type.Object({ was: Type.String(), reason: ErasureReasonSchema }),
  /** The retention job erased this session's data: the log grew, so every fold is made anew. */
  'retention.applied': Type.Object({ erased: Type.Integer({ minimum: 0 }) }),
} as const
