/** Why a request is not let in. */
export interface FakeGeminiRefusal {
  readonly code: number
  readonly status: string
  readonly message: string
  readonly details: readonly object[]
}

/** By the key in the header or in the query; the real one calls a wrong key a bad argument. */
export function findRefusal(
  key: string,
  header: string | readonly string[] | undefined,
  query: string | null,
): FakeGeminiRefusal | null {
  const given = header ?? query
  if (given === key) return null
  if (given === null || given === '') {
    const message =
      "Method doesn't allow unregistered callers (callers without established identity)."
    return { code: 403, status: 'PERMISSION_DENIED', message, details: [] }
  }
  const info = {
    ...{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' },
    ...{ domain: 'googleapis.com', metadata: { service: 'generativelanguage.googleapis.com' } },
  }
  const message = 'API key not valid. Please pass a valid API key.'
  return { code: 400, status: 'INVALID_ARGUMENT', message, details: [info] }
}
