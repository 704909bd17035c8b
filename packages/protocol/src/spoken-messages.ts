/** What the server says of voice and words, and what it answers in the chat. */
import Type from 'typebox'
import { CbtFindingSchema } from './cbt-finding.js'
import { EMOTIONS } from './emotions.js'
import { ERRORS, type ErrorCode } from './error-codes.js'
import { HotlineCardSchema } from './hotline-card.js'
import { eventMessage, message } from './message-schema.js'

/**
 * Below 1, because the web client takes 1 and more for percent; whole milliseconds, because a fraction
 * makes it take all durations for seconds. No other key may be an alias it knows.
 */
const Ratio = Type.Number({ minimum: 0, maximum: 0.999 })
const WholeMs = Type.Integer({ minimum: 0 })
const Count = Type.Integer({ minimum: 0 })

/** The fields of the web client's voice panel. */
export const VoiceAnalysisSchema = Type.Object({
  speechRatio: Ratio,
  pauseRatio: Ratio,
  averagePauseDuration: WholeMs,
  longestPause: WholeMs,
  averageSpeechBurst: WholeMs,
  speechBurstCount: Count,
  pauseCount: Count,
  summary: Type.String(),
})

/** Each voice window, when it is stored: how the session's speech stands with it. */
export const VadAnalysis = eventMessage('vad_analysis', VoiceAnalysisSchema)

const ReplySource = Type.Enum(['local', 'gemini'])

/** An utterance was taken. Its text is what the web client shows as the subtitle. */
export const SttReceived = eventMessage(
  'stt_received',
  Type.Object({
    text: Type.String(),
    utteranceId: Type.String(),
    language: Type.Enum(['ko', 'en', 'unknown']),
    emotion: Type.Enum([...EMOTIONS, 'unknown']),
    timestamp: Type.Integer(),
  }),
)

export const CbtIntervention = eventMessage(
  'cbt_intervention',
  Type.Object({
    ...CbtFindingSchema.properties,
    utteranceId: Type.String(),
    timestamp: Type.Integer(),
  }),
)

/** Whatever else was under way stops behind it. */
export const RiskNotice = eventMessage(
  'risk_notice',
  Type.Object({ ...HotlineCardSchema.properties, timestamp: Type.Integer() }),
)

export const AiStreamBegin = message(
  'ai_stream_begin',
  Type.Object({ replyId: Type.String(), timestamp: Type.Integer() }),
)
/** The same text twice: two releases of the web client look in different places. */
export const AiStreamChunk = message(
  'ai_stream_chunk',
  Type.Object({ chunk: Type.String(), text: Type.String(), replyId: Type.String() }),
)
export const AiStreamComplete = message(
  'ai_stream_complete',
  Type.Object({
    replyId: Type.String(),
    source: ReplySource,
    reason: Type.Optional(
      Type.String({ description: 'Why a prepared reply was given, or why the reply is cut short' }),
    ),
    timestamp: Type.Integer(),
  }),
)
export const AiStreamError = message(
  'ai_stream_error',
  Type.Object({
    error: Type.String({ description: 'For the user, in the language of the session' }),
    code: Type.Unsafe<ErrorCode>(Type.Enum(Object.keys(ERRORS))),
    message: Type.String(),
  }),
)

export const SPOKEN_MESSAGES = [
  VadAnalysis,
  SttReceived,
  CbtIntervention,
  RiskNotice,
  AiStreamBegin,
  AiStreamChunk,
  AiStreamComplete,
  AiStreamError,
] as const
