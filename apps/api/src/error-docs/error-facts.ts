import {
  CLOSE_CODES,
  CLOSED_WITH,
  ERRORS,
  type ErrorCode,
  type Explanation,
  KOREAN_EXPLANATIONS,
} from '@bemore/protocol'

/** What a page and the table in docs say of a code besides its sentences, in one wording. */
export function factsOf(code: ErrorCode): { readonly name: string; readonly value: string }[] {
  const { status, temporary } = ERRORS[code]
  const closeName = CLOSED_WITH[code]
  const close = closeName === undefined ? null : CLOSE_CODES[closeName]
  return [
    { name: 'HTTP status · 상태 코드', value: String(status) },
    {
      name: 'Temporary · 일시적',
      value: temporary
        ? 'yes: the same request may succeed later · 예, 잠시 후 다시 시도'
        : 'no: the same request fails again · 아니요',
    },
    ...(close === null
      ? []
      : [
          {
            name: 'Closes a WebSocket · 소켓 종료 코드',
            value: `${close.code} ${close.reason}; ${close.reconnect ? 'reconnect · 다시 연결' : 'do not reconnect · 다시 연결하지 않음'}`,
          },
        ]),
  ]
}

/** Of a code that nobody has put into Korean yet, in English. */
export const explainInKorean = (code: ErrorCode): Explanation =>
  KOREAN_EXPLANATIONS[code] ?? ERRORS[code]

export const ERROR_CODES = Object.keys(ERRORS) as ErrorCode[]
