/**
 * When a frame was taken, on this process's monotonic clock. Arrival times carry the network's jitter,
 * which the face engine would see as motion; client times are even, but on a clock that is hours off
 * or jumps. The least (arrival − client) ever seen is the offset between the clocks plus the quickest
 * way through the network, so client + offset is the arrival an undisturbed network would have given.
 *
 * Held always: arrival − MAX_LAG_MS ≤ result ≤ arrival (but never before the result before it).
 */
export interface FrameClock {
  /**
   * @param clientTimeMs the client's clock at capture; anything finite, no epoch is assumed.
   * @param arrivalMs now, monotonic.
   * @returns ms on the clock of `arrivalMs`, never less than last time.
   */
  capturedAt(clientTimeMs: number, arrivalMs: number): number
}

/** Frames held up longer than this are not told apart from a client whose clock stood still. */
export const MAX_LAG_MS = 5_000

export function createFrameClock(): FrameClock {
  // Fields and not closure variables, which V8 would box anew at every frame.
  const state = {
    offset: Number.POSITIVE_INFINITY,
    clientTimeMs: Number.NEGATIVE_INFINITY,
    latest: Number.NEGATIVE_INFINITY,
    laggingSince: Number.POSITIVE_INFINITY,
  }

  return {
    capturedAt(clientTimeMs, arrivalMs) {
      // One connection keeps its order: an earlier time than before means that the clock was set.
      if (clientTimeMs < state.clientTimeMs) state.offset = Number.POSITIVE_INFINITY
      state.clientTimeMs = clientTimeMs
      state.offset = Math.min(state.offset, arrivalMs - clientTimeMs)
      let at = clientTimeMs + state.offset
      if (at < arrivalMs - MAX_LAG_MS) {
        at = arrivalMs - MAX_LAG_MS
        state.laggingSince = Math.min(state.laggingSince, arrivalMs)
        // A stall passes; a clock that slept does not catch up, and the offset is learnt anew.
        if (arrivalMs - state.laggingSince > MAX_LAG_MS) {
          state.offset = arrivalMs - clientTimeMs
          at = arrivalMs
        }
      } else {
        state.laggingSince = Number.POSITIVE_INFINITY
      }
      state.latest = Math.max(state.latest, at)
      return state.latest
    },
  }
}
