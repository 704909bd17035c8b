/**
 * Why there is no answer of Gemini's. Codes only: what the library or the service say may hold the
 * key, the address or the words of a person, and goes nowhere.
 */
export const FAILURE_REASONS = [
  /** No key is configured. */
  'off',
  'timeout',
  'rate-limited',
  'unavailable',
  'invalid-response',
  /** The prompt or the answer was refused for what it speaks of, by Gemini or by our own screen. */
  'blocked',
  'breaker-open',
  'cancelled',
  'auth',
  'model-not-found',
  /** Too many requests wait already. */
  'busy',
  /** It broke off after something of it was shown. */
  'interrupted',
  /** The service did not take this request; audio that it cannot read, above all. */
  'refused',
  /** Nothing was said in the audio. */
  'no-words',
] as const
export type FailureReason = (typeof FAILURE_REASONS)[number]

export class GeminiFailure extends Error {
  readonly reason: FailureReason
  /** How long the service asks to be left alone. */
  readonly retryAfterMs: number

  constructor(reason: FailureReason, retryAfterMs = 0) {
    super(reason)
    this.name = 'GeminiFailure'
    this.reason = reason
    this.retryAfterMs = retryAfterMs
  }
}

/** What is thrown here is a `GeminiFailure`; of anything else nothing is told either. */
export function reasonOf(error: unknown): FailureReason {
  return error instanceof GeminiFailure ? error.reason : 'invalid-response'
}
