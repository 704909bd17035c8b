export type { CauseEntry } from './causes/cause-entry.js'
export { CAUSES, type CauseCode, isCauseCode } from './causes/causes.js'
export {
  type ApiConfig,
  ConfigError,
  type ConfigFault,
  type Environment,
  type ProcessConfig,
  type RealtimeConfig,
  readApiConfig,
  readRealtimeConfig,
  readSettings,
  readStoreConfig,
  type StoreConfig,
} from './config.js'
export { type ConfiguredSelf, configOrExit } from './config-or-exit.js'
export { type ProcessKind, variablesReadBy, variablesToState } from './deployment-settings.js'
export { EXIT, ExitError } from './exit-codes.js'
export {
  createHealth,
  type Health,
  type HealthCause,
  type HealthSnapshot,
  type HealthStatus,
} from './health.js'
export { createLifecycle, type Lifecycle, PHASES, type Phase, runProcess } from './lifecycle.js'
export { createLogger, type Logger } from './logger.js'
export { SETTINGS } from './settings.js'
export { shortSessionId } from './short-session-id.js'
export { SUPERVISED, stopWithParent } from './supervised.js'
