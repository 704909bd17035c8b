import { ACCOUNT_SETTINGS } from './account-settings.js'
import { count, integer, list, MINUTE, milliseconds, url } from './setting.js'

const WEB_CLIENT_ORIGINS = [
  'http://localhost:5173',
  'http://localhost:4173',
  'https://be-more-frontend.vercel.app',
  'https://be-more-frontend*.vercel.app',
]

/** Read by the REST process alone. */
export const API_SETTINGS = {
  port: integer('PORT', 'Port of the API', { fallback: 8000, min: 0, max: 65_535 }),
  realtimeInternalUrl: url(
    'REALTIME_INTERNAL_URL',
    'Where the API finds the realtime process',
    ['http'],
    {
      fallback: 'http://127.0.0.1:8001',
    },
  ),
  realtimePublicUrl: url(
    'REALTIME_PUBLIC_URL',
    'Public address of the realtime process; empty: clients come through the API',
    ['ws', 'wss'],
    { fallback: '' },
  ),
  trustedProxies: integer(
    'TRUSTED_PROXIES',
    'Proxies before this process, each of which appends to X-Forwarded-For',
    { fallback: 0, min: 0, max: 10 },
  ),
  corsOrigins: list('CORS_ORIGINS', 'Origins of web clients; `*` matches within a host label', {
    fallback: WEB_CLIENT_ORIGINS,
  }),
  rateLimitPerMinute: count(
    'RATE_LIMIT_PER_MINUTE',
    'Requests a minute an address',
    1_200,
    100_000_000,
  ),
  audioLimitBytes: count(
    'AUDIO_LIMIT_BYTES',
    'Largest recording to be transcribed',
    4_000_000,
    20_000_000,
  ),
  bodyLimitBytes: count('BODY_LIMIT_BYTES', 'Largest request body', 262_144, 100_000_000),
  requestTimeoutMs: milliseconds(
    'REQUEST_TIMEOUT_MS',
    'Longest time to receive a request',
    15_000,
    5 * MINUTE,
  ),
  maxSplicedSockets: count('MAX_SPLICED_SOCKETS', 'WebSockets carried through the API', 5_000),
  reportCacheEntries: count('REPORT_CACHE_ENTRIES', 'Reports kept in memory', 1_000),
  reportCacheBytes: count(
    'REPORT_CACHE_BYTES',
    'Memory the kept reports may take',
    64_000_000,
    4_000_000_000,
  ),
  reportEventLimit: count('REPORT_EVENT_LIMIT', 'Events a report is made of at most', 200_000),
  pdfConcurrency: integer('PDF_CONCURRENCY', 'PDFs made at the same time, each by its own thread', {
    fallback: 2,
    min: 1,
    max: 64,
  }),
  pdfTimeoutMs: milliseconds('PDF_TIMEOUT_MS', 'Longest time a PDF may take', 20_000, 5 * MINUTE),
  flushTimeoutMs: milliseconds(
    'FLUSH_TIMEOUT_MS',
    'Longest wait for open windows before a report',
    1_500,
    MINUTE,
  ),
  startDedupeMs: milliseconds(
    'START_DEDUPE_MS',
    'A start by the same device within this time is a repetition',
    30_000,
  ),
  abandonAfterMs: milliseconds(
    'SESSION_ABANDON_AFTER_MS',
    'A session without a socket for this long ends',
    30 * MINUTE,
    24 * 60 * MINUTE,
  ),
  retentionAggregatesDays: integer(
    'RETENTION_AGGREGATES_DAYS',
    'Days after its end until what was read in a session is erased, and its report with it; 0: kept until deleted',
    { fallback: 30, min: 0, max: 3_650 },
  ),
  retentionSessionsDays: integer(
    'RETENTION_SESSIONS_DAYS',
    'Days after its end until a session is erased as a whole; 0: kept until deleted',
    { fallback: 0, min: 0, max: 3_650 },
  ),
  sweepMs: milliseconds('SWEEP_INTERVAL_MS', 'How often abandoned sessions are looked for', 30_000),
  ...ACCOUNT_SETTINGS,
}
