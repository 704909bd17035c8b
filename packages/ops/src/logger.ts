import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/**
 * Never logged, at the top of a logged object or one level down, where errors carry their fields. A
 * wildcard more would double the cost of every line.
 */
const REDACTED = [
  'authorization',
  'cookie',
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'databaseUrl',
  'sec-websocket-protocol',
].flatMap((key) => [`["${key}"]`, `*["${key}"]`, `req.headers["${key}"]`])

/** Libraries log too, and name nothing. */
const UNNAMED = { event: 'library.line' }

export interface LoggerOptions {
  readonly name: 'api' | 'realtime' | 'bemore'
  readonly level: string
  readonly destination?: DestinationStream
}

/**
 * JSON lines on stdout. Every line carries `event`, a stable dotted name to search and alert on; the
 * message is for people.
 */
export function createLogger({ name, level, destination }: LoggerOptions): Logger {
  const options = {
    name,
    level,
    base: { name, pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: () => UNNAMED,
    mixinMergeStrategy: (line: object, unnamed: object) =>
      'event' in line ? line : { ...unnamed, ...line },
    redact: { paths: REDACTED, censor: '[redacted]' },
  }
  // Synchronous: an asynchronous one loops for ever at exit when nobody reads stdout any more.
  return pino(options, destination ?? pino.destination({ fd: 1, sync: true }))
}
