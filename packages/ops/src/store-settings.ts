import { count, integer, MINUTE, milliseconds, string, url } from './setting.js'

/** Read by whoever works on the database. */
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
  connectTimeoutMs: milliseconds(
    'DATABASE_CONNECT_TIMEOUT_MS',
    'Longest wait for a connection',
    3_000,
    MINUTE,
  ),
  statementTimeoutMs: milliseconds(
    'DATABASE_STATEMENT_TIMEOUT_MS',
    'Longest statement',
    5_000,
    MINUTE,
  ),
  lockTimeoutMs: milliseconds('DATABASE_LOCK_TIMEOUT_MS', 'Longest wait for a lock', 2_000, MINUTE),
  poolWaitMs: milliseconds(
    'DATABASE_POOL_WAIT_MS',
    'Longest wait for a free connection',
    2_000,
    MINUTE,
  ),
  poolQueueLimit: count('DATABASE_QUEUE_LIMIT', 'Callers that may wait for a connection', 500),
  probeMs: milliseconds(
    'DATABASE_PROBE_MS',
    'How often the database is asked for a sign of life',
    500,
    MINUTE,
  ),
  probeTimeoutMs: milliseconds(
    'DATABASE_PROBE_TIMEOUT_MS',
    'Without an answer for this long the database counts as away',
    1_000,
    MINUTE,
  ),
  busHeartbeatMs: milliseconds(
    'BUS_HEARTBEAT_MS',
    'Self-notify round trip on the LISTEN connection',
    10_000,
    MINUTE,
  ),
  busEchoTimeoutMs: milliseconds('BUS_ECHO_TIMEOUT_MS', 'Longest wait for its echo', 5_000, MINUTE),
  busPollMs: milliseconds(
    'BUS_POLL_MS',
    'Slow poll that makes up for lost notifications',
    5_000,
    MINUTE,
  ),
  readLimit: count('EVENT_READ_LIMIT', 'Events read in one go', 5_000, 100_000),
  eventFlushMs: milliseconds(
    'EVENT_FLUSH_MS',
    'Longest wait of an event for its batch',
    250,
    MINUTE,
  ),
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
