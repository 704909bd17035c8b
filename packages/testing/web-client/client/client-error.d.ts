export class ClientError extends Error {
  readonly code: string
  readonly status: number | null
  readonly headers: Headers | null
  readonly body: unknown
}

export function userMessageOf(error: unknown): string
