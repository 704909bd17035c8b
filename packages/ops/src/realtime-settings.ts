import { count, integer, MINUTE, milliseconds, oneOf } from './setting.js'

/** Read by the realtime process alone. */
export const REALTIME_SETTINGS = {
  realtimePort: integer('REALTIME_PORT', 'Port of the realtime process', {
    fallback: 8001,
    min: 0,
    max: 65_535,
  }),
  transport: oneOf('REALTIME_TRANSPORT', 'WebSocket engine', ['uws', 'ws'], { fallback: 'uws' }),
  wsAuth: oneOf(
    'WS_AUTH',
    'Whether the sockets of a session that a signed-in user started need that user’s token',
    ['optional', 'required'],
    { fallback: 'optional' },
  ),
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
  pingIntervalMs: milliseconds(
    'PING_INTERVAL_MS',
    'How often the server pings',
    20_000,
    5 * MINUTE,
  ),
  idleTimeoutMs: milliseconds(
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
  slowConsumerMs: milliseconds(
    'SLOW_CONSUMER_MS',
    'How long output may stay unsent',
    5_000,
    5 * MINUTE,
  ),
  resumeWindowMs: milliseconds(
    'RESUME_WINDOW_MS',
    'How long a client may be away and go on without a gap',
    120_000,
    10 * MINUTE,
  ),
  sessionHoldMs: milliseconds(
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
