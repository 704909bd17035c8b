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
export { CSV_KINDS, type CsvKind, renderCsv } from './report/csv.js'
export {
  type SessionReport,
  SessionReportSchema,
  type SessionSummary,
  SessionSummarySchema,
  type TimelineEntry,
  TimelineEntrySchema,
} from './report/report-schema.js'
export { foldReport, foldSummary } from './report/session-report.js'
export { foldFaceWindows } from './report/timeline.js'
export type { ReportLanguage } from './report/wording.js'
export { type FaceWindowEvent, selectAcceptedParts } from './session/accepted-parts.js'
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
export { WINDOW_MS, windowEndsAt, windowIndexAt } from './session/session-clock.js'
export {
  activeDurationMs,
  type EndReason,
  foldSessionState,
  type Pause,
  type SessionState,
} from './session/session-state.js'
