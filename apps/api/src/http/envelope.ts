import { ERRORS, type ErrorCode, helpPathOf } from '@bemore/protocol'
import { STORE_ERROR_CODES } from '@bemore/store'
import Type from 'typebox'

/** The envelope of every JSON reply: the web client checks `success` and reads `data`. */
export interface Success<Data> {
  readonly success: true
  readonly data: Data
}

export function succeed<Data>(data: Data): Success<Data> {
  return { success: true, data }
}

export function SuccessSchema<Data extends Type.TSchema>(data: Data, description: string) {
  return Type.Object({ success: Type.Literal(true), data }, { description })
}

const FailureBody = (codes: readonly ErrorCode[]) =>
  Type.Object(
    {
      success: Type.Literal(false),
      error: Type.Object({
        code: Type.Union(codes.map((code) => Type.Literal(code))),
        message: Type.String({ description: 'In the language of the request, for people' }),
        requestId: Type.String({ description: 'Name it when reporting a fault' }),
        temporary: Type.Boolean({ description: 'The same request may succeed later' }),
        help: Type.String({ description: 'Path of the page about this code' }),
        details: Type.Optional(
          Type.Array(Type.Object({ field: Type.String(), problem: Type.String() })),
        ),
      }),
    },
    {
      description: codes.map((code) => `${code}: ${ERRORS[code].cause}`).join('\n\n'),
      examples: codes.map((code) => ({
        success: false,
        error: {
          code,
          message: ERRORS[code].message.en,
          requestId: '3f0c8f3e-7f0d-4f43-9a55-4d0ce0a0a6c1',
          temporary: ERRORS[code].temporary,
          help: helpPathOf(code),
        },
      })),
    },
  )

/** What any operation that reads the database may answer. */
export const DATABASE_FAILURES = STORE_ERROR_CODES

/** What any operation that reads a token may answer to a bad one. */
export const TOKEN_FAILURES = ['TOKEN_EXPIRED', 'TOKEN_INVALID'] as const

/** What any operation that takes a JSON body may answer to one it cannot read. */
export const BODY_FAILURES = [
  'VALIDATION_FAILED',
  'MALFORMED_JSON',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
] as const

/** What any operation for signed-in users may answer. */
export const USER_FAILURES = ['AUTH_REQUIRED', ...TOKEN_FAILURES, ...DATABASE_FAILURES] as const

/** What any operation of a single session may answer to somebody else. */
export const SESSION_FAILURES = [
  'SESSION_NOT_FOUND',
  'SESSION_NOT_YOURS',
  'AUTH_REQUIRED',
  ...TOKEN_FAILURES,
  ...DATABASE_FAILURES,
] as const

/** Response schemas of the error codes an operation may answer, by status, from the catalogue. */
export function failures(...codes: readonly ErrorCode[]): Record<number, Type.TSchema> {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of [...codes, 'RATE_LIMITED', 'OVERLOADED', 'INTERNAL'] as const) {
    const { status } = ERRORS[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries([...byStatus].map(([status, same]) => [status, FailureBody(same)]))
}
