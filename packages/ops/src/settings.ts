import { OBSERVABILITY_SETTINGS } from './observability-settings.js'
import { fraction, integer, list, oneOf, string, url } from './setting.js'

/**
 * Every variable the product reads, in one place: the start-up check, the documentation and the
 * deploy files are held against this table. Nothing else reads the environment.
 */
const MINUTE = 60_000
const ms = (variable: string, describe: string, fallback: number, max = 60 * MINUTE) =>
  integer(variable, `${describe}, ms`, { fallback, min: 1, max })
const count = (variable: string, describe: string, fallback: number, max = 1_000_000) =>
  integer(variable, describe, { fallback, min: 1, max })

const WEB_CLIENT_ORIGINS = [
  'http://localhost:5173',
  'http://localhost:4173',
  'https://be-more-frontend.vercel.app',
  'https://be-more-frontend*.vercel.app',
]

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
  shutdownTimeoutMs: ms('SHUTDOWN_TIMEOUT_MS', 'Longest orderly stop', 25_000, 5 * MINUTE),
  drainSpreadMs: ms(
    'DRAIN_SPREAD_MS',
    'Sockets are let go spread over this at a stop, as far as it has the time',
    10_000,
    4 * MINUTE,
  ),
  heartbeatMs: ms('PROCESS_HEARTBEAT_MS', 'How often a process announces itself', 5_000),
  staleMs: ms(
    'PROCESS_STALE_MS',
    'Without a heartbeat for this long a process counts as dead',
    15_000,
  ),
  ...OBSERVABILITY_SETTINGS,
  upgradesPerSecond: count(
    'UPGRADES_PER_SECOND',
    'New WebSockets a second this process takes; those above are refused before any work',
    300,
  ),
  upgradeBurst: count('UPGRADE_BURST', 'New WebSockets it takes at once', 600),
  watchdogStuckMs: integer(
    'WATCHDOG_STUCK_MS',
    'A process whose event loop stands still for this long ends itself with 70, ms; 0: never',
    { fallback: 20_000, min: 0, max: 60 * MINUTE },
  ),
  memoryLimitBytes: integer(
    'MEMORY_LIMIT_BYTES',
    'Memory this process keeps to; 0: what its container may have, else 80 % of the host',
    { fallback: 0, min: 0, max: Number.MAX_SAFE_INTEGER },
  ),
  memoryShedRatio: fraction('MEMORY_SHED_RATIO', 'Share of that memory from which load is shed', {
    fallback: 0.85,
    min: 0.1,
    max: 0.99,
  }),
  loopDelayShedMs: ms(
    'LOOP_DELAY_SHED_MS',
    'Mean lateness of the event loop from which load is shed; four times as much refuses new work',
    200,
    MINUTE,
  ),
}

export const STORE_SETTINGS = {
  databaseUrl: url(
    'DATABASE_URL',
    'PostgreSQL, a direct (not pooled) connection',
    ['postgres', 'postgresql'],
    {
      secret: true,
    },
  ),
  poolSize: count('DATABASE_POOL_SIZE', 'Connections in the pool', 10, 500),
  connectTimeoutMs: ms(
    'DATABASE_CONNECT_TIMEOUT_MS',
    'Longest wait for a connection',
    3_000,
    MINUTE,
  ),
  statementTimeoutMs: ms('DATABASE_STATEMENT_TIMEOUT_MS', 'Longest statement', 5_000, MINUTE),
  lockTimeoutMs: ms('DATABASE_LOCK_TIMEOUT_MS', 'Longest wait for a lock', 2_000, MINUTE),
  poolWaitMs: ms('DATABASE_POOL_WAIT_MS', 'Longest wait for a free connection', 2_000, MINUTE),
  poolQueueLimit: count('DATABASE_QUEUE_LIMIT', 'Callers that may wait for a connection', 500),
  probeMs: ms(
    'DATABASE_PROBE_MS',
    'How often the database is asked for a sign of life',
    500,
    MINUTE,
  ),
  probeTimeoutMs: ms(
    'DATABASE_PROBE_TIMEOUT_MS',
    'Without an answer for this long the database counts as away',
    1_000,
    MINUTE,
  ),
  busHeartbeatMs: ms(
    'BUS_HEARTBEAT_MS',
    'Self-notify round trip on the LISTEN connection',
    10_000,
    MINUTE,
  ),
  busEchoTimeoutMs: ms('BUS_ECHO_TIMEOUT_MS', 'Longest wait for its echo', 5_000, MINUTE),
  busGiveUpMs: ms(
    'BUS_GIVE_UP_MS',
    'A process that has lost LISTEN for this long while the database answers ends itself with 70',
    5 * MINUTE,
    24 * 60 * MINUTE,
  ),
  busPollMs: ms('BUS_POLL_MS', 'Slow poll that makes up for lost notifications', 5_000, MINUTE),
  readLimit: count('EVENT_READ_LIMIT', 'Events read in one go', 5_000, 100_000),
  eventFlushMs: ms('EVENT_FLUSH_MS', 'Longest wait of an event for its batch', 250, MINUTE),
  eventBatchSize: count('EVENT_BATCH_SIZE', 'Events in one batch', 500, 10_000),
  eventQueueLimit: count(
    'EVENT_QUEUE_LIMIT',
    'Events that may wait for the database',
    100_000,
    10_000_000,
  ),
  journalDir: string(
    'JOURNAL_DIR',
    'Folder of the journal, on a disk of this host; `off`: events wait in memory only',
    { fallback: '.bemore/journal' },
  ),
  journalMaxBytes: integer(
    'JOURNAL_MAX_BYTES',
    'Largest journal; beyond it the oldest events are given up',
    { fallback: 268_435_456, min: 1_048_576, max: 1_099_511_627_776 },
  ),
  journalSegmentBytes: integer('JOURNAL_SEGMENT_BYTES', 'Largest file of the journal', {
    fallback: 1_048_576,
    min: 65_536,
    max: 67_108_864,
  }),
}

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
  bodyLimitBytes: count('BODY_LIMIT_BYTES', 'Largest request body', 262_144, 100_000_000),
  requestTimeoutMs: ms(
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
  flushTimeoutMs: ms(
    'FLUSH_TIMEOUT_MS',
    'Longest wait for open windows before a report',
    1_500,
    MINUTE,
  ),
  startDedupeMs: ms(
    'START_DEDUPE_MS',
    'A start by the same device within this time is a repetition',
    30_000,
  ),
  abandonAfterMs: ms(
    'SESSION_ABANDON_AFTER_MS',
    'A session without a socket for this long ends',
    30 * MINUTE,
    24 * 60 * MINUTE,
  ),
  sweepMs: ms('SWEEP_INTERVAL_MS', 'How often abandoned sessions are looked for', 30_000),
}

export const REALTIME_SETTINGS = {
  realtimePort: integer('REALTIME_PORT', 'Port of the realtime process', {
    fallback: 8001,
    min: 0,
    max: 65_535,
  }),
  transport: oneOf('REALTIME_TRANSPORT', 'WebSocket engine', ['uws', 'ws'], { fallback: 'uws' }),
  maxConnections: count('MAX_CONNECTIONS', 'Sockets the realtime process takes', 20_000),
  maxUpgradesPending: count(
    'MAX_UPGRADES_PENDING',
    'Handshakes that may wait for the database',
    400,
  ),
  opensPerMinute: count('SOCKET_OPENS_PER_MINUTE', 'Sockets a session may open a minute', 60),
  maxMessageBytes: count('MAX_MESSAGE_BYTES', 'Largest WebSocket message', 131_072, 16_777_216),
  landmarkFps: count('LANDMARK_FRAMES_PER_SECOND', 'Landmark frames a second a socket', 60, 1_000),
  voiceFps: count('VOICE_FRAMES_PER_SECOND', 'Voice frames a second a socket', 60, 1_000),
  controlPerSecond: count(
    'CONTROL_MESSAGES_PER_SECOND',
    'Control messages a second a socket',
    20,
    1_000,
  ),
  affectPerSecond: count('AFFECT_PER_SECOND', 'Live estimates a second a socket', 5, 60),
  pingIntervalMs: ms('PING_INTERVAL_MS', 'How often the server pings', 20_000, 5 * MINUTE),
  idleTimeoutMs: ms(
    'IDLE_TIMEOUT_MS',
    'Without a sign of life for this long a socket closes',
    45_000,
    10 * MINUTE,
  ),
  slowConsumerBytes: count(
    'SLOW_CONSUMER_BYTES',
    'Unsent output a socket may have',
    262_144,
    16_777_216,
  ),
  slowConsumerMs: ms('SLOW_CONSUMER_MS', 'How long output may stay unsent', 5_000, 5 * MINUTE),
  resumeWindowMs: ms(
    'RESUME_WINDOW_MS',
    'How long a client may be away and go on without a gap',
    120_000,
    10 * MINUTE,
  ),
  sessionHoldMs: ms(
    'SESSION_HOLD_MS',
    'How long a session without a socket is kept for a database that is away',
    15 * MINUTE,
    24 * 60 * MINUTE,
  ),
  pendingPartsLimit: count(
    'PENDING_PARTS_LIMIT',
    'Window parts of a session that may wait for the database before its client is told to stop',
    360,
  ),
  malformedLimit: count(
    'MALFORMED_LIMIT',
    'Malformed messages a socket may send in 10 s',
    100,
    100_000,
  ),
}

export const SETTINGS = {
  ...PROCESS_SETTINGS,
  ...STORE_SETTINGS,
  ...API_SETTINGS,
  ...REALTIME_SETTINGS,
}
