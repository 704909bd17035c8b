export { describeSockets } from './asyncapi/describe-sockets.js'
export {
  type CbtFinding,
  CbtFindingSchema,
  DetectionSchema,
  type DetectionView,
  DIFFICULTIES,
  InterventionSchema,
  type InterventionView,
  SEVERITIES,
  URGENCIES,
} from './cbt-finding.js'
export {
  CHANNELS,
  type Channel,
  isChannel,
  isSessionId,
  parseSocketPath,
  type SocketScope,
  type SocketTarget,
  SUBPROTOCOL,
} from './channels.js'
export { cleanText, cleanTexts } from './clean-text.js'
export {
  CLIENT_MESSAGES,
  type ClientMessage,
  type ClientMessageType,
  isTakenBy,
} from './client-messages.js'
export { CLOSE_CODES, type CloseName, shouldReconnect } from './close-codes.js'
export { CLOSED_WITH } from './close-reasons.js'
export {
  type ConsentChoice,
  ConsentChoiceSchema,
  type ConsentStanding,
  ConsentStandingSchema,
  ConsentStatusData,
  DEPLOYMENT_CONTEXTS,
  type DeploymentContext,
  MODALITIES,
  type Modality,
} from './consent.js'
export { EMOTIONS, type Emotion, type EmotionOrUnknown } from './emotions.js'
export {
  ERRORS,
  type ErrorCode,
  isErrorCode,
  type Language,
} from './error-codes.js'
export type { ErrorEntry } from './error-entry.js'
export {
  binaryFrameKind,
  FRAME_FLAG,
  FRAME_HEADER_BYTES,
  FRAME_KIND,
  FRAME_VERSION,
  isClientTime,
  peekClientTime,
  peekSeq,
  restampFrame,
} from './frame-header.js'
export { FRAME_PROBLEMS, type FrameProblem, type FrameVerdict } from './frame-problem.js'
export {
  HEALTH_STATUSES,
  type HealthDocument,
  HealthDocumentSchema,
  type HealthStatus,
  HealthStatusSchema,
  PROCESS_KINDS,
  type ProcessKind,
  type ProcessSummary,
  ProcessSummarySchema,
} from './health-document.js'
export { type ChannelSeqs, HelloData, readHello } from './hello.js'
export { helpPathOf } from './help-path.js'
export { HotlineCardSchema, type HotlineCardView } from './hotline-card.js'
export { isTooDeep } from './json-depth.js'
export { type Explanation, KOREAN_EXPLANATIONS } from './korean-explanations.js'
export { decodeLandmarkFrame, encodeLandmarksF32, encodeLandmarksU16 } from './landmark-binary.js'
export {
  createLandmarkFrame,
  LANDMARK_COUNT,
  LANDMARK_COUNT_WITHOUT_IRISES,
  type LandmarkFrame,
  NO_SEQ,
} from './landmark-frame.js'
export {
  decodeLandmarkJson,
  type LandmarkMessageVerdict,
  parseJson,
  readLandmarkMessage,
} from './landmark-json.js'
export { scanLandmarkJson } from './landmark-scanner.js'
export type { ConnectionLimits } from './limits.js'
export {
  EmotionOrUnknownSchema,
  SERVER_MESSAGES,
  type ServerMessage,
  type ServerMessageData,
  type ServerMessageType,
  type SessionStatus,
  SessionStatusSchema,
} from './server-messages.js'
export {
  readChatRequest,
  readSttText,
  readVoiceActivity,
  type SttTextData,
  saidIn,
  UtteranceIdSchema,
  type VoiceActivityData,
} from './speech-messages.js'
export { VoiceAnalysisSchema } from './spoken-messages.js'
export { isTimeZone, TIME_ZONE_PATTERN } from './time-zone.js'
export {
  createVoiceFrame,
  decodeVoiceFrame,
  encodeVoiceFrame,
  MAX_SAMPLE_RATE,
  MAX_VOICE_FRAME_MS,
  MIN_SAMPLE_RATE,
  type VoiceFrame,
} from './voice-frame.js'
