import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** Never logged, wherever they turn up in a logged object. */
const REDACTED = [
  'authorization',
  'cookie',
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'databaseUrl',
  'sec-websocket-protocol',
].flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`])

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
    redact: { paths: REDACTED, censor: '[redacted]' },
  }
  // Written as soon as the one before is out, not within the request; what is left is written at exit.
  return pino(options, destination ?? pino.destination({ sync: false }))
}
