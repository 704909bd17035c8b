/**
 * A token bucket: `perSecond` on average, `capacity` at once. It refills with the time between takes,
 * on a clock that never goes back, so it costs no timer and 20,000 idle sockets cost nothing.
 */
export interface TokenBucket {
  /** Whether one more may pass at `atMs` (monotonic); takes it if so. */
  take(atMs: number): boolean
  /** Whether a full burst could pass at `atMs`: nothing of late is remembered. */
  isFull(atMs: number): boolean
}

export function createTokenBucket(perSecond: number, capacity: number): TokenBucket {
  // Fields and not closure variables, which V8 would box anew at every frame.
  const state = { tokens: capacity, refilledAt: Number.NEGATIVE_INFINITY }
  return {
    take(atMs) {
      const refill = ((atMs - state.refilledAt) * perSecond) / 1000
      state.tokens = Math.min(capacity, state.tokens + refill)
      state.refilledAt = atMs
      if (state.tokens < 1) return false
      state.tokens -= 1
      return true
    },
    isFull: (atMs) => state.tokens + ((atMs - state.refilledAt) * perSecond) / 1000 >= capacity,
  }
}
