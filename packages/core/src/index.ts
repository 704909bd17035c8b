export { AFFECT_TERMS, type AffectMixture, mixAffect } from './affect-terms.js'
export { scriptedReply } from './chat/scripted-reply.js'
export { ACTION_UNITS, type ActionUnit } from './face/action-units.js'
export { type BaselineSnapshot, isBaselineSnapshot } from './face/baseline.js'
export { createFaceEngine, type FaceEngine, type FaceEngineOptions } from './face/engine.js'
export type { FaceEstimate, FaceStatus } from './face/estimate.js'
export { EXPRESSIONS, type ExpressionLabel } from './face/expression.js'
export { createFaceReader, type FaceReader } from './face/face-reader.js'
export { FEATURES } from './face/features.js'
export { neutralFromFrames } from './face/own-neutral.js'
export { POPULATION_MEAN, POPULATION_SD } from './face/population.js'
export {
  createFaceWindow,
  type FaceWindow,
  type FaceWindowData,
  mergeFaceWindows,
} from './face/window.js'
export {
  type FusedAffect,
  type FusionInputs,
  fuse,
  type Incongruence,
} from './fusion/fuse.js'
export { fuseWindow, type SpokenWords, textOf } from './fusion/fuse-window.js'
export { discountSpeech } from './fusion/speaking-face.js'
export {
  averageAffectOf,
  type PartialAffect,
  subtractAffect,
} from './history/average-affect.js'
export { createDayReader, type DayReader, shiftDay } from './history/local-day.js'
export type { PastSession } from './history/past-session.js'
export { type Recommendation, recommend } from './history/recommendations.js'
export { type SessionTotals, totalSessions } from './history/session-totals.js'
export { CSV_KINDS, type CsvKind, renderCsv } from './report/csv.js'
export {
  type AffectVector,
  type Comparison,
  ComparisonSchema,
  type Coverage,
  type DataQuality,
  type EmotionSection,
  type ExpressionSection,
} from './report/schema/affect-schema.js'
export {
  type SessionReport,
  SessionReportSchema,
  type SessionSummary,
  SessionSummarySchema,
} from './report/schema/report-schema.js'
export { type TimelineEntry, TimelineEntrySchema } from './report/schema/timeline-schema.js'
export type { VoiceSection } from './report/schema/voice-schema.js'
export type {
  DistortionTally,
  Narrative,
  ReportedIntervention,
  ReportedUtterance,
  RiskSection,
  TextSection,
} from './report/schema/words-schema.js'
export { compareFigures, FIGURES_VERSION, type SessionFigures } from './report/session-figures.js'
export {
  foldFigures,
  foldReport,
  foldSummary,
  type ReportOptions,
} from './report/session-report.js'
export { foldFaceWindows, foldVoiceTimeline } from './report/timeline.js'
export { EMOTION_NAMES } from './report/wording/emotion-names.js'
export type { ReportLanguage } from './report/wording/report-wording.js'
export { selectAcceptedParts, type WindowEvent } from './session/accepted-parts.js'
export {
  type Decision,
  decideCommand,
  type SessionCommand,
} from './session/commands.js'
export {
  applyConsent,
  type Consent,
  type ConsentEntry,
  type ConsentPolicy,
  type ConsentRefusal,
  consentRefusal,
  consentStanding,
  decideConsent,
  decideInitialConsent,
  foldConsent,
  isChannelAllowed,
  modalityOf,
} from './session/consent.js'
export type { ConsentRecorded, ErasureReason } from './session/consent-events.js'
export { selectConsentedEvents } from './session/consented-events.js'
export {
  createEvent,
  describeEventFault,
  EVENT_SCHEMAS,
  type NewSessionEvent,
  type SessionEvent,
  type SessionEventData,
  type SessionEventType,
} from './session/events.js'
export type { FrameSpan } from './session/face-events.js'
export { LAST_MINUTE, type MinuteScore } from './session/score-events.js'
export { WINDOW_MS, windowEndsAt, windowIndexAt } from './session/session-clock.js'
export {
  activeDurationMs,
  type EndReason,
  foldSessionState,
  type Pause,
  type SessionState,
} from './session/session-state.js'
export {
  type DetectedDistortion,
  DISTORTIONS,
  type DistortionType,
  type TextEmotion,
} from './session/text-events.js'
export { VoiceWindowSchema } from './session/voice-events.js'
export {
  chooseIntervention,
  nameDistortion,
  viewDetection,
  viewFinding,
  viewIntervention,
} from './text/cbt/choose-intervention.js'
export {
  findDistortions,
  rankDistortions,
  SHOWN_FROM,
} from './text/distortions/find-distortions.js'
export { readTextModel, type TextEmotionModel } from './text/emotion-model.js'
export { detectLanguage, type TextLanguage } from './text/language.js'
export {
  type ModelPart,
  OUTPUTS,
  POLARITY,
  TextModelError,
  writeModelFile,
} from './text/model-file.js'
export { HOTLINE_REGIONS, type HotlineRegion, hotlineCard } from './text/risk/hotline-card.js'
export { type RiskFinding, screenRisk, screenWithContext } from './text/risk/screen-risk.js'
export {
  type ChatTurn,
  createSessionWords,
  type SessionWords,
  type Utterance,
} from './text/session-words.js'
export { countFeatures } from './text/text-features.js'
export { warmUpWords } from './text/warm-up.js'
export { type VoiceAnalysis, voiceAnalysisOf } from './voice/analysis.js'
export { isVoiceBaseline, type VoiceBaseline } from './voice/arousal.js'
export {
  createVoiceEngine,
  type SoundFrame,
  type VoiceActivity,
  type VoiceEngine,
  type VoiceEngineOptions,
} from './voice/engine.js'
export type { VoiceEstimate, VoiceStatus } from './voice/estimate.js'
export { createVoiceReader, type VoiceReader } from './voice/sound-analyser.js'
export { type SpokenUtterance, summariseVoice, type VoiceSummary } from './voice/summary.js'
export { countSyllables, type SyllableCount } from './voice/syllables.js'
export {
  createVoiceWindow,
  foldVoiceWindows,
  type GainControl,
  mergeVoiceWindows,
  type VoiceWindow,
  type VoiceWindowData,
} from './voice/window.js'
