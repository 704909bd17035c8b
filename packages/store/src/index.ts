export type {
  AccountStore,
  Refreshed,
  RefreshRules,
  SignInRow,
  UserRow,
} from './accounts/accounts.js'
export type { AuditEntry, AuditRecord, AuditStore } from './audit/audit-store.js'
export type { Bus, BusState, Hold, SessionHint } from './bus/bus.js'
export { type BusConfig, type BusOptions, createBus } from './bus/create-bus.js'
export { createStore } from './create-store.js'
export type { Sql } from './database/connection.js'
export {
  createDatabase,
  type Database,
  type DatabaseConfig,
  type DatabaseLoad,
} from './database/database.js'
export { StatementError } from './database/error-mapping.js'
export type { DatabaseState } from './database/reachability.js'
export { STORE_ERROR_CODES, StoreError, type StoreErrorCode } from './database/store-error.js'
export type {
  HistoryStore,
  HistoryWish,
  OwnedSession,
  SessionOutline,
} from './history/history-store.js'
export {
  createIncidentRecorder,
  type IncidentRecorder,
  type IncidentRecorderDeps,
} from './incidents/incident-recorder.js'
export type {
  Incident,
  IncidentEnd,
  IncidentReport,
  IncidentStore,
} from './incidents/incident-store.js'
export { createJournal, type JournalConfig } from './journal/journal.js'
export { InvalidEventError } from './log/append-events.js'
export { readPastWords } from './log/past-words.js'
export { timeAppends } from './metrics/append-times.js'
export { registerQueueMetrics } from './metrics/queue-metrics.js'
export { registerStoreMetrics } from './metrics/store-metrics.js'
export type { PreferencesStore, StoredPreferences } from './preferences/preferences-store.js'
export { createPresence, type Presence, type PresenceDeps } from './processes/presence.js'
export type {
  Backlog,
  BacklogCondition,
  QueuedEvent,
} from './queue/backlog.js'
export {
  createEventQueue,
  type EventQueue,
  type EventQueueConfig,
  type EventQueueOptions,
  type JournalCondition,
} from './queue/event-queue.js'
export type {
  AppendedListener,
  DroppedListener,
  DropReason,
  DurableListener,
} from './queue/outcomes.js'
export { checkSchema } from './schema/check-schema.js'
export {
  type MigrateOptions,
  type MigrateResult,
  migrateDatabase,
} from './schema/migrate-database.js'
export type { SchemaState } from './schema/schema-state.js'
export { IdempotencyConflict } from './sessions/idempotency-conflict.js'
export { createSessionId } from './sessions/session-id.js'
export type { OverviewFilter, SessionOverview } from './sessions/session-overview.js'
export type {
  AppendedRange,
  AppendResult,
  ErasureReceipt,
  ErasureStore,
  EventLog,
  KeyedEvent,
  OpenChannel,
  ProcessRegistry,
  RunningProcess,
  SessionRow,
  SessionStore,
  StartSession,
  Store,
} from './store.js'
