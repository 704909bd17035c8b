import { GoogleGenerativeAIError, GoogleGenerativeAIFetchError } from '@google/generative-ai'
import { GeminiFailure } from './failure.js'

/** What the library throws, as a code; nothing of its text remains. The signal's reason goes first. */
export function classifyFailure(error: unknown, signal: AbortSignal): GeminiFailure {
  if (error instanceof GeminiFailure) return error
  if (signal.aborted && signal.reason instanceof GeminiFailure) return signal.reason
  if (error instanceof GoogleGenerativeAIFetchError) return classifyStatus(error)
  if (error instanceof GoogleGenerativeAIError) {
    // The library has one class for a lost connection and for an answer that cannot be read.
    return new GeminiFailure(
      /pars(?:e|ing)/.test(error.message) ? 'invalid-response' : 'unavailable',
    )
  }
  // An answer of one piece is read by `Response.json`: undici says `terminated`, with a cause, where
  // the connection broke.
  if (error instanceof TypeError && error.cause !== undefined)
    return new GeminiFailure('unavailable')
  return new GeminiFailure('invalid-response')
}

function classifyStatus({ status = 0, errorDetails }: GoogleGenerativeAIFetchError): GeminiFailure {
  const details: readonly unknown[] = Array.isArray(errorDetails) ? errorDetails : []
  if (status === 401 || status === 403 || details.some(isKeyInvalid)) {
    return new GeminiFailure('auth')
  }
  if (status === 404) return new GeminiFailure('model-not-found')
  const retryAfterMs = Math.max(0, ...details.map(readRetryDelay))
  if (status === 429) return new GeminiFailure('rate-limited', retryAfterMs)
  if (status === 408 || status >= 500) return new GeminiFailure('unavailable', retryAfterMs)
  return new GeminiFailure('refused')
}

function isKeyInvalid(detail: unknown): boolean {
  const { reason } = (detail ?? {}) as { readonly reason?: unknown }
  return reason === 'API_KEY_INVALID'
}

/** The library keeps no headers, so Retry-After is read from google.rpc.RetryInfo: `"1.5s"`. */
function readRetryDelay(detail: unknown): number {
  const { retryDelay } = (detail ?? {}) as { readonly retryDelay?: unknown }
  const [, seconds] = /^(\d+(?:\.\d+)?)s$/.exec(String(retryDelay)) ?? []
  return seconds === undefined ? 0 : Math.ceil(Number(seconds) * 1_000)
}
