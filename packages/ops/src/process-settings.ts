import { IDENTITY_SETTINGS } from './account-settings.js'
import { CONSENT_SETTINGS } from './consent-settings.js'
import { OBSERVABILITY_SETTINGS } from './observability-settings.js'
import { SELF_WATCH_SETTINGS } from './self-watch-settings.js'
import { count, MINUTE, milliseconds, oneOf, string } from './setting.js'

/** Read by both processes. */
export const PROCESS_SETTINGS = {
  environment: oneOf('NODE_ENV', 'Kind of deployment', ['development', 'test', 'production'], {
    fallback: 'development',
  }),
  logLevel: oneOf('LOG_LEVEL', 'Least level logged', ['trace', 'debug', 'info', 'warn', 'error'], {
    fallback: 'info',
  }),
  host: string('HOST', 'Address to listen on; `::` on Fly', { fallback: '0.0.0.0' }),
  commit: string('COMMIT', 'Commit of the build: shown in health, part of every ETag', {
    fallback: 'unknown',
    alias: 'RENDER_GIT_COMMIT',
  }),
  shutdownTimeoutMs: milliseconds(
    'SHUTDOWN_TIMEOUT_MS',
    'Longest orderly stop',
    25_000,
    5 * MINUTE,
  ),
  drainSpreadMs: milliseconds(
    'DRAIN_SPREAD_MS',
    'Sockets are let go spread over this at a stop, as far as it has the time',
    10_000,
    4 * MINUTE,
  ),
  heartbeatMs: milliseconds('PROCESS_HEARTBEAT_MS', 'How often a process announces itself', 5_000),
  staleMs: milliseconds(
    'PROCESS_STALE_MS',
    'Without a heartbeat for this long a process counts as dead',
    15_000,
  ),
  utteranceMaxChars: count(
    'UTTERANCE_MAX_CHARS',
    'Longest utterance or chat message, characters',
    2_000,
    10_000,
  ),
  ...IDENTITY_SETTINGS,
  ...CONSENT_SETTINGS,
  ...SELF_WATCH_SETTINGS,
  ...OBSERVABILITY_SETTINGS,
}
