/** What the client's HTTP library throws: an answer that is no success, or no answer at all. */
export class ClientError extends Error {
  constructor(message, { code, status = null, headers = null, body = null }) {
    super(message)
    this.name = 'ClientError'
    this.code = code
    this.status = status
    this.headers = headers
    this.body = body
  }
}

const CORS_TEXT = '서버 설정 작업이 진행 중입니다. 잠시 후 다시 시도해주세요.'
const TIMEOUT_TEXT = '요청 시간이 초과되었습니다. 다시 시도해주세요.'
const NETWORK_TEXT = '네트워크 연결을 확인해주세요.'
const SERVER_TEXT = '서버 오류가 발생했습니다. 잠시 후 다시 시도해주세요.'

/** What sign-up and sign-in show. A refusal whose CORS header cannot be read is taken for a broken server. */
export function userMessageOf(error) {
  const { status, headers, code, body } = error
  const isRefusal = status === 401 || status === 403
  if (isRefusal && !headers?.get('access-control-allow-origin')) return CORS_TEXT
  if (code === 'ECONNABORTED') return TIMEOUT_TEXT
  if (code === 'ERR_NETWORK') return NETWORK_TEXT
  if (status >= 500) return SERVER_TEXT
  return body?.error?.message ?? '요청이 실패했습니다'
}
