import { ERRORS, type ErrorCode, helpPathOf, isErrorCode, type Language } from '@bemore/protocol'
import { ApiError, type FaultDetail } from './api-error.js'

/**
 * The one way from anything thrown to the reply a client sees. What is not in the catalogue becomes
 * INTERNAL: its message may hold SQL, paths or addresses and stays in the log.
 */
export interface Failure {
  readonly code: ErrorCode
  readonly details: readonly FaultDetail[]
  /** Where it is known; else such that are short of something for a moment say a usual time. */
  readonly retryAfterSeconds?: number | null
}

export interface RenderedFailure {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Told to callers of a server that is short of something for the moment. */
const RETRY_AFTER_SECONDS = 2

const FRAMEWORK_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'VALIDATION_FAILED',
  FST_REQ_FILE_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_PARTS_LIMIT: 'VALIDATION_FAILED',
  FST_FILES_LIMIT: 'VALIDATION_FAILED',
  FST_FIELDS_LIMIT: 'VALIDATION_FAILED',
  FST_PROTO_VIOLATION: 'VALIDATION_FAILED',
  FST_NO_FORM_DATA: 'VALIDATION_FAILED',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_BAD_URL: 'ROUTE_NOT_FOUND',
  FST_ERR_NOT_FOUND: 'ROUTE_NOT_FOUND',
  // A path of /docs that leads out of its folder, or has a NUL in it.
  FST_STATIC_FORBIDDEN_PATH: 'ROUTE_NOT_FOUND',
  // The only parameter there is, is the session id: one so long names no session.
  FST_ERR_MAX_PARAM_LENGTH: 'SESSION_NOT_FOUND',
}

/** What validators and the framework attach to their errors, as far as this reads it. */
interface FrameworkError {
  readonly code?: string
  readonly validation?: readonly { readonly instancePath?: string; readonly message?: string }[]
  readonly validationContext?: string
}

export function toFailure(error: unknown): Failure {
  if (error instanceof ApiError) {
    const { code, details, retryAfterSeconds } = error
    return { code, details, retryAfterSeconds }
  }
  const { code = '', validation, validationContext } = (error ?? {}) as FrameworkError
  if (validation !== undefined) {
    const details = validation.map(({ instancePath, message }) => ({
      field: `${validationContext ?? 'request'}${instancePath ?? ''}`,
      problem: message ?? 'does not fit its schema',
    }))
    return { code: 'VALIDATION_FAILED', details }
  }
  // Body parsers throw a SyntaxError of theirs where the framework has no code for it.
  if (error instanceof SyntaxError) return { code: 'MALFORMED_JSON', details: [] }
  // The store's errors carry codes of the catalogue.
  if (isErrorCode(code)) return { code, details: [] }
  return { code: FRAMEWORK_CODES[code] ?? 'INTERNAL', details: [] }
}

export function renderFailure(
  failure: Failure,
  language: Language,
  requestId: string,
): RenderedFailure {
  const { status, temporary, message } = ERRORS[failure.code]
  const isBusy = status === 503 || failure.code === 'SERVER_FULL'
  const retryAfter = failure.retryAfterSeconds ?? (isBusy ? RETRY_AFTER_SECONDS : null)
  const error = {
    code: failure.code,
    message: message[language],
    requestId,
    temporary,
    help: helpPathOf(failure.code),
    ...(failure.details.length > 0 && { details: failure.details }),
  }
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(retryAfter !== null && { 'retry-after': String(retryAfter) }),
    },
    body: JSON.stringify({ success: false, error }),
  }
}
