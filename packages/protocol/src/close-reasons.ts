import type { CloseName } from './close-codes.js'
import type { ErrorCode } from './error-codes.js'

/**
 * With which close code a socket ends after which `error`, where the error is the end of it. Other
 * errors cost a message, or are refusals of the upgrade, and close nothing.
 */
export const CLOSED_WITH: Readonly<Partial<Record<ErrorCode, CloseName>>> = {
  TOKEN_INVALID: 'badToken',
  CHANNEL_REPLACED: 'replaced',
  SESSION_NOT_FOUND: 'sessionNotFound',
  SLOW_CONSUMER: 'slowConsumer',
  NO_SIGN_OF_LIFE: 'noPong',
  RATE_LIMITED: 'rateLimited',
  TOO_MANY_MALFORMED: 'malformed',
  MESSAGE_TOO_LARGE: 'frameTooLarge',
  INTERNAL: 'unavailable',
  DATABASE_UNREACHABLE: 'unavailable',
  DATABASE_TIMEOUT: 'unavailable',
  DATABASE_BUSY: 'unavailable',
}
