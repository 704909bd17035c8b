import type { Explanation } from './korean-explanations.js'

const explain = (cause: string, remedy: string): Explanation => ({ cause, remedy })

/** Part of `KOREAN_EXPLANATIONS`: who somebody is, and what that allows. */
export const KOREAN_ACCOUNT_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  AUTH_REQUIRED: explain(
    '이 기능 또는 이 세션은 로그인한 사용자용인데, 요청에 액세스 토큰이 없습니다.',
    '`Authorization: Bearer <accessToken>`을 보내 주세요. 소켓에서는 서브프로토콜 `bemore.token.<accessToken>`을 사용합니다.',
  ),
  TOKEN_EXPIRED: explain(
    '액세스 토큰이 발급된 지 ACCESS_TOKEN_LIFETIME_MS를 넘었습니다.',
    '`POST /api/auth/refresh`로 갱신한 뒤 요청을 다시 보내 주세요.',
  ),
  TOKEN_INVALID: explain(
    '이 서비스 또는 이 AUTH_SECRET으로 발급한 토큰이 아니거나, 해당 로그인이 종료되었습니다.',
    '`POST /api/auth/refresh`로 갱신하거나 다시 로그인해 주세요.',
  ),
  CREDENTIALS_WRONG: explain(
    '이 이메일의 계정이 없거나 비밀번호가 다릅니다. 어느 쪽인지는 알리지 않습니다.',
    '둘 다 확인해 주세요. 여러 번 시도하면 그 이메일은 한동안 잠깁니다.',
  ),
  REFRESH_TOKEN_INVALID: explain(
    '리프레시 토큰을 알 수 없거나 만료되었거나, 해당 로그인이 종료되었습니다.',
    '다시 로그인해 주세요.',
  ),
  PASSWORD_WRONG: explain(
    '비밀번호를 다시 확인하는 변경 요청에 다른 비밀번호가 왔습니다.',
    '계정의 비밀번호를 보내세요. 여러 번 틀리면 계정이 잠시 잠깁니다.',
  ),
  REFRESH_TOKEN_REUSED: explain(
    '리프레시 토큰이 처음 쓰인 뒤 REFRESH_GRACE_MS를 넘겨 다시 왔습니다. 다른 사람이 가지고 있을 수 있습니다.',
    '다시 로그인해 주세요. 그 토큰의 로그인은 모든 곳에서 종료되었습니다.',
  ),
  TOO_MANY_ATTEMPTS: explain(
    'LOGIN_WINDOW_MS 안에 이 이메일로 LOGIN_ATTEMPTS보다 많이 시도했습니다.',
    'Retry-After에 적힌 초만큼 기다려 주세요.',
  ),
  EMAIL_TAKEN: explain(
    '이 이메일로 만든 계정이 있습니다.',
    '로그인하거나 다른 이메일을 사용해 주세요.',
  ),
  PASSWORD_UNFIT: explain(
    '비밀번호가 너무 짧거나 길거나, 이메일 또는 이름과 같습니다.',
    '다른 비밀번호를 정해 주세요.',
  ),
  ADMIN_CLOSED: explain(
    'ADMIN_TOKEN이 설정되지 않았거나, 오지 않았거나, 다른 값이 왔습니다.',
    'ADMIN_TOKEN(24자 이상, 예: `openssl rand -hex 32`)을 설정하고 API를 다시 시작한 뒤 `Authorization: Bearer <ADMIN_TOKEN>`을 보내 주세요.',
  ),
  PROCESS_NOT_FOUND: explain(
    '프로세스 id를 알 수 없거나, 그 프로세스가 PROCESS_STALE_MS 동안 신호를 보내지 않았습니다.',
    'GET /api/admin/processes에서 id를 확인해 주세요. 이미 멈춘 프로세스는 비울 필요가 없습니다.',
  ),
}
