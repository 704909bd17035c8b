/**
 * The one catalogue of errors: REST replies, WebSocket `error` messages, upgrade refusals and the
 * documentation page of each code are made from it. `status` is the HTTP status; `temporary` says
 * whether the same request may succeed later without being changed.
 */
export interface ErrorEntry {
  readonly status: number
  readonly temporary: boolean
  readonly message: { readonly en: string; readonly ko: string }
  readonly cause: string
  readonly remedy: string
}

function entry(
  status: number,
  temporary: boolean,
  en: string,
  ko: string,
  cause: string,
  remedy: string,
): ErrorEntry {
  return { status, temporary, message: { en, ko }, cause, remedy }
}

export const ERRORS = {
  VALIDATION_FAILED: entry(
    400,
    false,
    'The request is not valid.',
    '요청 형식이 올바르지 않습니다.',
    'The body, the query, a header or a path parameter does not match its schema.',
    'Compare the request with the operation in /docs; `details` names the offending field.',
  ),
  MALFORMED_JSON: entry(
    400,
    false,
    'The body is not valid JSON.',
    '요청 본문이 올바른 JSON이 아닙니다.',
    'A body was sent with a JSON content type but does not parse.',
    'Send valid JSON, or no body and no content type.',
  ),
  ROUTE_NOT_FOUND: entry(
    404,
    false,
    'There is no such route.',
    '존재하지 않는 경로입니다.',
    'The method and path match no operation.',
    'See /docs for the operations.',
  ),
  SESSION_NOT_FOUND: entry(
    404,
    false,
    'There is no such session.',
    '세션을 찾을 수 없습니다.',
    'The session id is unknown, malformed or was deleted.',
    'Start a session and use the id from the reply.',
  ),
  SESSION_NOT_YOURS: entry(
    403,
    false,
    'This session belongs to another user.',
    '다른 사용자의 세션입니다.',
    'The session was started by a signed-in user who is not the caller.',
    'Sign in as the user who started the session.',
  ),
  CONSENT_REQUIRED: entry(
    403,
    false,
    'Consent to this has not been given.',
    '이 항목에 대한 동의가 필요합니다.',
    'The person refused this modality, or nobody was asked and CONSENT_DEFAULT is `required`.',
    'Show the notice, and send `consent` when the person agrees; what was sent without it is not read.',
  ),
  CONSENT_WITHDRAWN: entry(
    403,
    false,
    'Consent to this was withdrawn.',
    '이 항목에 대한 동의가 철회되었습니다.',
    'The person took back the consent to this modality; what was read from it is erased.',
    'Stop sending it. `consent` grants it anew, if the person wants that.',
  ),
  CONTEXT_FORBIDS: entry(
    403,
    false,
    'Faces and voices are not read here.',
    '이 환경에서는 얼굴과 음성을 분석하지 않습니다.',
    'DEPLOYMENT_CONTEXT is `workplace` or `education`, where emotion is not inferred from face or voice.',
    'Use text only.',
  ),
  ERASURE_NOT_FOUND: entry(
    404,
    false,
    'There is no such receipt.',
    '해당 삭제 확인서를 찾을 수 없습니다.',
    'The receipt id is unknown or malformed.',
    'Use the receiptId from the reply of the erasure.',
  ),
  SESSION_ENDED: entry(
    410,
    false,
    'The session has ended.',
    '이미 종료된 세션입니다.',
    'A command that needs a running session reached an ended one.',
    'Start a new session; the report of the ended one stays available.',
  ),
  SESSION_LOG_TOO_LONG: entry(
    422,
    false,
    'The session has too many events for a report.',
    '세션 기록이 너무 길어 보고서를 만들 수 없습니다.',
    'The log of the session is longer than REPORT_EVENT_LIMIT: a client opened sockets, paused or resumed without end.',
    'Raise REPORT_EVENT_LIMIT, or delete the session; its events are all kept.',
  ),
  IDEMPOTENCY_KEY_REUSED: entry(
    422,
    false,
    'This Idempotency-Key was used with a different request.',
    '같은 멱등 키가 다른 요청에 사용되었습니다.',
    'The key is bound to the first request it came with.',
    'Use a new key for a new request.',
  ),
  BODY_TOO_LARGE: entry(
    413,
    false,
    'The body is too large.',
    '요청 본문이 너무 큽니다.',
    'The body exceeds BODY_LIMIT_BYTES.',
    'Send less, or raise the limit.',
  ),
  UNSUPPORTED_MEDIA_TYPE: entry(
    415,
    false,
    'The content type is not supported.',
    '지원하지 않는 콘텐츠 형식입니다.',
    'A body came with a content type the operation does not take.',
    'Send application/json, or no body and no content type.',
  ),
  RATE_LIMITED: entry(
    429,
    true,
    'Too many requests.',
    '요청이 너무 많습니다. 잠시 후 다시 시도해 주세요.',
    'The caller exceeded the rate limit.',
    'Wait for Retry-After seconds.',
  ),
  SERVER_FULL: entry(
    429,
    true,
    'The server has as many connections as it takes.',
    '접속자가 많습니다. 잠시 후 다시 시도해 주세요.',
    'A configured connection ceiling is reached.',
    'Wait for Retry-After, add a realtime process, or raise MAX_CONNECTIONS.',
  ),
  DRAINING: entry(
    503,
    true,
    'The server is restarting.',
    '서버가 재시작 중입니다. 잠시 후 다시 시도해 주세요.',
    'The process was told to stop and takes no new work.',
    'Retry after Retry-After; another process answers.',
  ),
  DATABASE_UNREACHABLE: entry(
    503,
    true,
    'The database cannot be reached.',
    '데이터베이스에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.',
    'PostgreSQL refused or dropped the connection, or DATABASE_URL points elsewhere.',
    'Check that the database runs and that DATABASE_URL is right; the process recovers by itself.',
  ),
  DATABASE_TIMEOUT: entry(
    503,
    true,
    'The database did not answer in time.',
    '데이터베이스가 응답하지 않습니다. 잠시 후 다시 시도해 주세요.',
    'A statement passed its deadline: the database is frozen, locked or overloaded.',
    'Look at pg_stat_activity for locks and long statements; the process recovers by itself.',
  ),
  DATABASE_BUSY: entry(
    503,
    true,
    'Too many requests wait for the database.',
    '요청이 몰려 처리가 지연되고 있습니다. 잠시 후 다시 시도해 주세요.',
    'The bounded queue before the connection pool is full.',
    'Wait for Retry-After; raise DATABASE_POOL_SIZE if it persists.',
  ),
  DATABASE_READ_ONLY: entry(
    503,
    true,
    'The database takes no writes.',
    '데이터베이스가 쓰기를 받지 않습니다. 잠시 후 다시 시도해 주세요.',
    'PostgreSQL is a standby, or was made read-only by its provider.',
    'Point DATABASE_URL at the primary, or free the disk of the database; the process recovers by itself.',
  ),
  DATABASE_FULL: entry(
    503,
    true,
    'The database has no room left.',
    '데이터베이스 저장 공간이 부족합니다. 잠시 후 다시 시도해 주세요.',
    'The disk of the database is full.',
    'Give the database more disk or delete old sessions; the process recovers by itself.',
  ),
  OVERLOADED: entry(
    503,
    true,
    'The server is overloaded.',
    '서버가 과부하 상태입니다. 잠시 후 다시 시도해 주세요.',
    'Memory, event-loop delay or the rate of new sockets (UPGRADES_PER_SECOND) is above its ceiling, so new work is refused before it hurts the old.',
    'Wait for Retry-After; add a process, CPU or memory if it persists.',
  ),
  REALTIME_UNREACHABLE: entry(
    503,
    true,
    'The realtime process cannot be reached.',
    '실시간 서버에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.',
    'The /ws upgrade could not be handed to the realtime process.',
    'Check that the realtime process runs and that REALTIME_INTERNAL_URL is right.',
  ),
  ORIGIN_NOT_ALLOWED: entry(
    403,
    false,
    'This origin is not allowed.',
    '허용되지 않은 출처입니다.',
    'The Origin header is not in CORS_ORIGINS.',
    'Add the origin to CORS_ORIGINS.',
  ),
  METRICS_CLOSED: entry(
    401,
    false,
    'The metrics are not open to this request.',
    '이 요청에는 메트릭이 공개되지 않습니다.',
    'METRICS_TOKEN is set and was not sent, or this is production and no METRICS_TOKEN is set.',
    'Send `Authorization: Bearer <METRICS_TOKEN>`; on a private network METRICS_PUBLIC=yes opens them.',
  ),
  MALFORMED_MESSAGE: entry(
    400,
    false,
    'The message could not be read.',
    '메시지를 읽을 수 없습니다.',
    'A WebSocket message is neither valid JSON of a known shape nor a valid binary frame.',
    'Compare the message with docs/protocol.md; `ref` names what was wrong.',
  ),
  UNKNOWN_MESSAGE_TYPE: entry(
    400,
    false,
    'This channel does not take such a message.',
    '이 채널에서 처리할 수 없는 메시지입니다.',
    'The `type` is unknown, or belongs to another channel.',
    'Send it on its own channel or on the multiplexed socket.',
  ),
  TOO_MANY_MALFORMED: entry(
    400,
    false,
    'Too many malformed messages.',
    '잘못된 메시지가 너무 많습니다.',
    'More malformed messages than MALFORMED_LIMIT within 10 s.',
    'Mend the client; it is not disconnected for single bad frames.',
  ),
  MESSAGE_TOO_LARGE: entry(
    413,
    false,
    'The message is too large.',
    '메시지가 너무 큽니다.',
    'A WebSocket message exceeds MAX_MESSAGE_BYTES.',
    'Send one frame a message; a 478-point JSON frame is about 36 KB.',
  ),
  CHANNEL_REPLACED: entry(
    409,
    false,
    'A newer connection took over this channel.',
    '다른 연결이 이 채널을 이어받았습니다.',
    'The same channel of the same session was opened again.',
    'Keep one connection a channel.',
  ),
  SLOW_CONSUMER: entry(
    408,
    true,
    'The connection reads too slowly.',
    '네트워크가 느려 연결을 종료합니다. 다시 연결해 주세요.',
    'Unsent output passed SLOW_CONSUMER_BYTES or SLOW_CONSUMER_MS.',
    'Reconnect when the network is better.',
  ),
  NO_SIGN_OF_LIFE: entry(
    408,
    true,
    'Nothing was heard from the client.',
    '클라이언트의 응답이 없어 연결을 종료합니다.',
    'Neither a message nor a pong came for IDLE_TIMEOUT_MS.',
    'Reconnect.',
  ),
  INTERNAL: entry(
    500,
    true,
    'Something went wrong on our side.',
    '서버 내부 오류가 발생했습니다.',
    'A fault in the server; it is logged with the request id.',
    'Report the request id.',
  ),
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof ERRORS
export type Language = 'en' | 'ko'

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(ERRORS, value)
}
