export { createAdminAccess } from './admin-access.js'
export {
  type AlertFormat,
  type AlertSource,
  renderAlert,
} from './alerts/alert-message.js'
export {
  type Alert,
  type AlertPolicy,
  type AlertState,
  type CauseSighting,
  NOTHING_WRONG,
  trackCauses,
  undoAlert,
} from './alerts/alert-tracker.js'
export { describeDuration } from './alerts/duration-words.js'
export { alertFormatFor, type HealthAlerts, startHealthAlerts } from './alerts/health-alerts.js'
export { createWebhook, type Webhook, type WebhookCounts } from './alerts/webhook.js'
export { type Delivery, type DeliveryOptions, deliver } from './alerts/webhook-delivery.js'
export { readBearerToken } from './bearer-token.js'
export type { CauseEntry } from './causes/cause-entry.js'
export { CAUSES, type CauseCode, isCauseCode, isPathCause } from './causes/causes.js'
export { assessClock } from './clock-cause.js'
export {
  type ApiConfig,
  ConfigError,
  type ConfigFault,
  type Environment,
  type GeminiConfig,
  type ProcessConfig,
  type RealtimeConfig,
  readApiConfig,
  readGeminiConfig,
  readRealtimeConfig,
  readSettings,
  readStoreConfig,
  type StoreConfig,
} from './config.js'
export { type ConfiguredSelf, configOrExit } from './config-or-exit.js'
export { variablesReadBy, variablesToState } from './deployment-settings.js'
export { createDrainStop } from './drain-request.js'
export { EXIT, ExitError } from './exit-codes.js'
export {
  createHealth,
  type Health,
  type HealthCause,
  type HealthSnapshot,
} from './health.js'
export {
  describeHealth,
  type HealthParts,
  isAlive,
  isServing,
  type ProcessIdentity,
} from './health-view.js'
export {
  createLifecycle,
  type Lifecycle,
  PHASES,
  type Phase,
  runProcess,
  type StopStep,
} from './lifecycle.js'
export { createLogger, type Logger } from './logger.js'
export {
  createMetrics,
  type Metrics,
  type Sample,
  type Samples,
  type Timed,
} from './metrics/metrics.js'
export { createMetricsAccess, type MetricsConfig } from './metrics/metrics-access.js'
export { type ProcessMetricsDeps, registerProcessMetrics } from './metrics/process-metrics.js'
export { createTally, type Tally } from './metrics/tally.js'
export {
  createPressure,
  type Pressure,
  type PressureLevel,
  type PressureLimits,
  type PressureReading,
} from './pressure/pressure.js'

export { startPressureClock } from './pressure/pressure-clock.js'
export {
  type ProcessReport,
  readProcessReport,
  reportProcess,
} from './process-report.js'
export { processField, processStart } from './process-start.js'
export { SETTINGS } from './settings.js'
export { settleCauses } from './settle-causes.js'
export { shortSessionId } from './short-session-id.js'
export { spreadEvenly } from './spread.js'
export { SUPERVISED, stopWithParent } from './supervised.js'
export { createTokenBucket, type TokenBucket } from './token-bucket.js'
export { type BusWatch, createBusWatch } from './watchdog/bus-watch.js'
export { startLoopWatch } from './watchdog/loop-watch.js'
export { stopWhenWedged } from './watchdog/stop-when-wedged.js'
