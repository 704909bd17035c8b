import postgres from 'postgres'
import { StoreError, type StoreErrorCode } from './store-error.js'

/**
 * SQLSTATEs (https://www.postgresql.org/docs/current/errcodes-appendix.html), whole or by their class
 * of two letters, that speak of the server and not of the statement.
 */
const CODES: Readonly<Record<string, StoreErrorCode>> = {
  // Connection exception; shutdown and start-up of the server; I/O error of its host.
  '08': 'DATABASE_UNREACHABLE',
  '57P01': 'DATABASE_UNREACHABLE',
  '57P02': 'DATABASE_UNREACHABLE',
  '57P03': 'DATABASE_UNREACHABLE',
  '57P05': 'DATABASE_UNREACHABLE',
  '58': 'DATABASE_UNREACHABLE',
  // Wrong credentials, no such database: DATABASE_URL is wrong.
  '28': 'DATABASE_UNREACHABLE',
  '3D': 'DATABASE_UNREACHABLE',
  // A standby, or made read-only by its provider.
  '25006': 'DATABASE_READ_ONLY',
  '53100': 'DATABASE_FULL',
  // No table, function or right that this code expects: another or an unmigrated database. Dropping
  // events as faulty because of it would lose them.
  '42P01': 'DATABASE_UNREACHABLE',
  '42703': 'DATABASE_UNREACHABLE',
  '42883': 'DATABASE_UNREACHABLE',
  '42501': 'DATABASE_UNREACHABLE',
  // idle_in_transaction_session_timeout: the server has cut the connection.
  '25P03': 'DATABASE_UNREACHABLE',
  // statement_timeout, lock_timeout.
  '57014': 'DATABASE_TIMEOUT',
  '55P03': 'DATABASE_TIMEOUT',
  // Insufficient resources (connections, memory); serialization failure and deadlock.
  '53': 'DATABASE_BUSY',
  '40': 'DATABASE_BUSY',
}

/** A statement the server does not take: a fault of this program, or of data nobody checked. */
export class StatementError extends Error {
  /** SQLSTATE. */
  readonly code: string
  readonly constraint: string | null

  constructor({ code, message, constraint_name: constraint }: postgres.PostgresError) {
    // Data exceptions (class 22) quote the value in the message itself.
    super(`${code.startsWith('22') ? 'data exception' : message} (SQLSTATE ${code})`)
    this.name = 'StatementError'
    this.code = code
    this.constraint = constraint ?? null
  }
}

/**
 * Tells trouble of the database, as a StoreError, from a fault of the statement, as a StatementError.
 * The server's and the driver's errors go no further: they quote rows and parameters, and utterances
 * must not reach a log. Any other error is given back as it is.
 * @param isLost whether the connection the error came from is gone
 */
export function toStoreError(error: unknown, isLost: boolean): unknown {
  if (error instanceof postgres.PostgresError) return ofServer(error)
  if (isOfConnection(error) || (isLost && !(error instanceof StoreError))) {
    return new StoreError('DATABASE_UNREACHABLE', describeError(error))
  }
  return error
}

/** As `toStoreError`, for an error on the way to an open connection: no statement is at fault yet. */
export function toConnectError(error: unknown): StoreError {
  const mapped = toStoreError(error, true)
  if (mapped instanceof StoreError) return mapped
  return new StoreError('DATABASE_UNREACHABLE', describeError(mapped))
}

function ofServer(error: postgres.PostgresError): StoreError | StatementError {
  const code = CODES[error.code] ?? CODES[error.code.slice(0, 2)]
  if (code === undefined) return new StatementError(error)
  return new StoreError(code, `${error.message} (SQLSTATE ${error.code})`)
}

/** Codes of the system (ECONNRESET), of Node's sockets and TLS, and of the driver. */
const CONNECTION_CODE = /^(E[A-Z]+|ERR_(SOCKET|STREAM|SSL|TLS)\w*|CONNECTION_[A-Z]+)$/

/** An error of the socket comes before the news of its end. */
function isOfConnection(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && CONNECTION_CODE.test(code)
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Node reports a failure on every address of a host as an AggregateError without a message.
  return error.message || ('code' in error ? String(error.code) : error.name)
}
