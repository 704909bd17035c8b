import { KOREAN_ACCOUNT_EXPLANATIONS } from './korean-account-explanations.js'

/** What a page of an error says besides its message. */
export interface Explanation {
  readonly cause: string
  readonly remedy: string
}

const explain = (cause: string, remedy: string): Explanation => ({ cause, remedy })

/** Cause and remedy of the catalogue once more, in Korean; a test asks for every code. */
export const KOREAN_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ...KOREAN_ACCOUNT_EXPLANATIONS,
  UTTERANCE_TOO_LONG: explain(
    '발화 또는 채팅 메시지가 UTTERANCE_MAX_CHARS보다 깁니다.',
    '나누어 보내 주세요. 이번에 보낸 내용은 저장하지도 분석하지도 않았습니다.',
  ),
  SESSION_PAUSED: explain(
    '일시 정지 중에 한 말은 저장하지도 분석하지도 않습니다.',
    '세션을 재개한 뒤 다시 보내 주세요.',
  ),
  CHAT_BUSY: explain(
    '한 세션에서는 한 번에 하나의 답변만 작성합니다.',
    '`ai_stream_complete`가 온 뒤에 다시 요청해 주세요.',
  ),
  STT_UNAVAILABLE: explain(
    'Gemini 키가 설정되지 않았거나, 서비스가 응답하지 않거나, 차단기가 열려 있습니다. 자체 음성 인식기는 없습니다.',
    '브라우저에서 음성을 인식해 `stt_text`로 보내 주세요. 운영자는 GEMINI_API_KEY를 설정하고 /health를 확인합니다.',
  ),
  AUDIO_NOT_UNDERSTOOD: explain(
    '인식기가 오디오를 거부했거나, 오디오에서 말을 찾지 못했습니다.',
    'webm, ogg, mp3, mp4, aac, flac, wav 형식의 음성을 보내 주세요.',
  ),
  VALIDATION_FAILED: explain(
    '본문, 쿼리, 헤더 또는 경로 매개변수가 스키마와 맞지 않습니다.',
    '/docs에 있는 해당 요청의 형식과 비교해 주세요. `details`가 어느 항목인지 알려 줍니다.',
  ),
  MALFORMED_JSON: explain(
    'JSON 콘텐츠 형식으로 온 본문을 해석할 수 없습니다.',
    '올바른 JSON을 보내거나, 본문과 콘텐츠 형식을 모두 빼고 보내 주세요.',
  ),
  ROUTE_NOT_FOUND: explain(
    '이 메서드와 경로에 해당하는 기능이 없습니다.',
    '/docs에서 제공하는 기능을 확인해 주세요.',
  ),
  SESSION_NOT_FOUND: explain(
    '세션 id를 알 수 없거나, 형식이 잘못되었거나, 삭제된 세션입니다.',
    '세션을 시작하고 그 응답에 있는 id를 사용해 주세요.',
  ),
  SESSION_NOT_YOURS: explain(
    '로그인한 다른 사용자가 시작한 세션입니다.',
    '세션을 시작한 사용자로 로그인해 주세요.',
  ),
  CONSENT_REQUIRED: explain(
    '당사자가 이 항목을 거부했거나, 아직 묻지 않았고 CONSENT_DEFAULT가 `required`입니다.',
    '안내문을 보여 주고, 동의하면 `consent`를 보내 주세요. 동의 없이 보낸 내용은 읽지 않습니다.',
  ),
  CONSENT_WITHDRAWN: explain(
    '당사자가 이 항목의 동의를 철회했고, 그로부터 읽은 내용은 삭제되었습니다.',
    '더 보내지 마세요. 당사자가 원하면 `consent`로 다시 동의할 수 있습니다.',
  ),
  CONTEXT_FORBIDS: explain(
    'DEPLOYMENT_CONTEXT가 `workplace` 또는 `education`이며, 이 환경에서는 얼굴과 음성으로 감정을 추론하지 않습니다.',
    '텍스트만 사용해 주세요.',
  ),
  ERASURE_NOT_FOUND: explain(
    '확인서 id를 알 수 없거나 형식이 잘못되었습니다.',
    '삭제 응답에 있는 receiptId를 사용해 주세요.',
  ),
  SESSION_ENDED: explain(
    '진행 중인 세션에만 쓸 수 있는 명령이 종료된 세션에 왔습니다.',
    '새 세션을 시작해 주세요. 종료된 세션의 보고서는 계속 볼 수 있습니다.',
  ),
  SESSION_LOG_TOO_LONG: explain(
    '세션 기록이 REPORT_EVENT_LIMIT보다 깁니다. 클라이언트가 소켓을 끝없이 열거나 일시 정지와 재개를 반복했습니다.',
    'REPORT_EVENT_LIMIT를 올리거나 세션을 삭제해 주세요. 기록은 모두 보관되어 있습니다.',
  ),
  IDEMPOTENCY_KEY_REUSED: explain(
    '키는 처음 함께 온 요청에 묶입니다.',
    '새 요청에는 새 키를 사용해 주세요.',
  ),
  BODY_TOO_LARGE: explain(
    '본문이 BODY_LIMIT_BYTES를 넘습니다.',
    '더 작게 보내거나 한도를 올려 주세요.',
  ),
  UNSUPPORTED_MEDIA_TYPE: explain(
    '이 기능이 받지 않는 콘텐츠 형식의 본문이 왔습니다.',
    'application/json으로 보내거나, 본문과 콘텐츠 형식을 모두 빼고 보내 주세요.',
  ),
  RATE_LIMITED: explain(
    '호출자가 요청 한도를 넘었습니다.',
    'Retry-After에 적힌 초만큼 기다려 주세요.',
  ),
  SERVER_FULL: explain(
    '설정된 연결 수의 상한에 이르렀습니다.',
    'Retry-After만큼 기다리거나, realtime 프로세스를 추가하거나, MAX_CONNECTIONS를 올려 주세요.',
  ),
  DRAINING: explain(
    '프로세스가 종료 지시를 받아 새 작업을 받지 않습니다.',
    'Retry-After 뒤에 다시 시도해 주세요. 다른 프로세스가 응답합니다.',
  ),
  DATABASE_UNREACHABLE: explain(
    'PostgreSQL이 연결을 거부했거나 끊었거나, DATABASE_URL이 다른 곳을 가리킵니다.',
    '데이터베이스가 실행 중인지, DATABASE_URL이 맞는지 확인해 주세요. 프로세스는 스스로 회복합니다.',
  ),
  DATABASE_TIMEOUT: explain(
    '쿼리가 제한 시간을 넘겼습니다. 데이터베이스가 멈췄거나 잠겼거나 과부하 상태입니다.',
    'pg_stat_activity에서 잠금과 오래 걸리는 쿼리를 확인해 주세요. 프로세스는 스스로 회복합니다.',
  ),
  DATABASE_BUSY: explain(
    '연결 풀 앞의 대기열이 가득 찼습니다.',
    'Retry-After만큼 기다려 주세요. 계속되면 DATABASE_POOL_SIZE를 올려 주세요.',
  ),
  DATABASE_READ_ONLY: explain(
    'PostgreSQL이 대기 서버이거나, 제공자가 읽기 전용으로 바꾸었습니다.',
    'DATABASE_URL이 주 서버를 가리키게 하거나 데이터베이스 디스크를 비워 주세요. 프로세스는 스스로 회복합니다.',
  ),
  DATABASE_FULL: explain(
    '데이터베이스의 디스크가 가득 찼습니다.',
    '디스크를 늘리거나 오래된 세션을 삭제해 주세요. 프로세스는 스스로 회복합니다.',
  ),
  OVERLOADED: explain(
    '메모리, 이벤트 루프 지연, 새 소켓의 빈도(UPGRADES_PER_SECOND) 또는 작성 중인 PDF의 수(PDF_CONCURRENCY)가 상한에 이르러, 기존 작업을 지키기 위해 새 작업을 거절합니다.',
    'Retry-After만큼 기다려 주세요. 계속되면 프로세스, CPU 또는 메모리를 늘려 주세요.',
  ),
  REALTIME_UNREACHABLE: explain(
    '/ws 업그레이드를 realtime 프로세스에 넘기지 못했습니다.',
    'realtime 프로세스가 실행 중인지, REALTIME_INTERNAL_URL이 맞는지 확인해 주세요.',
  ),
  ORIGIN_NOT_ALLOWED: explain(
    'Origin 헤더가 CORS_ORIGINS에 없습니다.',
    '그 출처를 CORS_ORIGINS에 추가해 주세요.',
  ),
  METRICS_CLOSED: explain(
    'METRICS_TOKEN이 설정되어 있으나 오지 않았거나, 운영 환경인데 METRICS_TOKEN이 설정되지 않았습니다.',
    '`Authorization: Bearer <METRICS_TOKEN>`을 보내 주세요. 사설망에서는 METRICS_PUBLIC=yes로 공개할 수 있습니다.',
  ),
  MALFORMED_MESSAGE: explain(
    '웹소켓 메시지가 알려진 형태의 JSON도, 올바른 바이너리 프레임도 아닙니다.',
    'docs/protocol.md와 비교해 주세요. `ref`가 무엇이 잘못되었는지 알려 줍니다.',
  ),
  UNKNOWN_MESSAGE_TYPE: explain(
    '`type`을 알 수 없거나, 다른 채널의 메시지입니다.',
    '해당 채널 또는 통합 소켓으로 보내 주세요.',
  ),
  TOO_MANY_MALFORMED: explain(
    '10초 안에 MALFORMED_LIMIT보다 많은 잘못된 메시지가 왔습니다.',
    '클라이언트를 고쳐 주세요. 잘못된 프레임 하나로는 연결을 끊지 않습니다.',
  ),
  MESSAGE_TOO_LARGE: explain(
    '웹소켓 메시지가 MAX_MESSAGE_BYTES를 넘습니다.',
    '메시지 하나에 프레임 하나를 보내 주세요. 478점 JSON 프레임은 약 36 KB입니다.',
  ),
  CHANNEL_REPLACED: explain(
    '같은 세션의 같은 채널이 다시 열렸습니다.',
    '채널마다 연결을 하나만 유지해 주세요.',
  ),
  SLOW_CONSUMER: explain(
    '보내지 못한 출력이 SLOW_CONSUMER_BYTES 또는 SLOW_CONSUMER_MS를 넘었습니다.',
    '네트워크가 나아지면 다시 연결해 주세요.',
  ),
  NO_SIGN_OF_LIFE: explain(
    'IDLE_TIMEOUT_MS 동안 메시지도 pong도 오지 않았습니다.',
    '다시 연결해 주세요.',
  ),
  INTERNAL: explain('서버의 결함입니다. 요청 id와 함께 기록되었습니다.', '요청 id를 알려 주세요.'),
}
