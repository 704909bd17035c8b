import type { GeminiFailure } from './failure.js'

const FIRST_MS = 250
const LONGEST_MS = 4_000

/**
 * How long to wait before another attempt, ms, or null where another would end the same.
 * @param attempt how many there were, from 1.
 * @param random in [0, 1): callers that failed together must not come back together.
 */
export function retryDelay(failure: GeminiFailure, attempt: number, random: number): number | null {
  if (failure.reason !== 'rate-limited' && failure.reason !== 'unavailable') return null
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1))
  return failure.retryAfterMs + ceiling * (0.5 + random / 2)
}
