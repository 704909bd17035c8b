/**
 * A token bucket: `perSecond` on average, `capacity` at once. It refills with the time between takes,
 * on a clock that never goes back, so it costs no timer and 20,000 idle sockets cost nothing.
 */
export interface TokenBucket {
  /** Whether one more may pass at `atMs` (monotonic); takes it if so. */
  take(atMs: number): boolean
  /** Whether a full burst could pass at `atMs`: nothing of late is remembered. */
  isFull(atMs: number): boolean
  /** How many could pass at `atMs`. */
  available(atMs: number): number
  /** Lets `extra` more pass once, beyond the capacity if need be. */
  grant(extra: number): void
}

export function createTokenBucket(perSecond: number, capacity: number): TokenBucket {
  // Fields and not closure variables, which V8 would box anew at every frame.
  const state = { tokens: capacity, refilledAt: Number.NEGATIVE_INFINITY }
  const tokensAt = (atMs: number): number => {
    if (state.tokens >= capacity) return state.tokens
    return Math.min(capacity, state.tokens + ((atMs - state.refilledAt) * perSecond) / 1000)
  }
  return {
    take(atMs) {
      state.tokens = tokensAt(atMs)
      state.refilledAt = atMs
      if (state.tokens < 1) return false
      state.tokens -= 1
      return true
    },
    isFull: (atMs) => tokensAt(atMs) >= capacity,
    available: tokensAt,
    grant(extra) {
      state.tokens += extra
    },
  }
}
