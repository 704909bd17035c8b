export { BREAKER_STATES, type BreakerState } from './breaker.js'
export {
  type CompanionDeps,
  type CompanionState,
  createCompanion,
  type GeminiCompanion,
} from './companion.js'
export { FAILURE_REASONS, type FailureReason } from './failure.js'
export type { EmotionOutcome, EmotionRequest } from './refine-emotion.js'
export type { ReplyOutcome, ReplyRequest } from './stream-reply.js'
export type { SessionFigures, SummaryOutcome, SummaryRequest } from './summarise.js'
export type { TranscriptOutcome, TranscriptRequest } from './transcribe.js'
