/**
 * When a frame was taken, on this process's monotonic clock. Arrival times carry the network's jitter,
 * which the face engine would see as motion; client times are even, but on a clock that is hours off
 * or jumps. The least (arrival − client) ever seen is the offset between the clocks plus the quickest
 * way through the network, so client + offset is the arrival an undisturbed network would have given.
 *
 * Frames that are sent again are late by the whole outage, so for them the offset has to be known
 * before the first one: `hello` carries the client's time of its sending.
 *
 * Held always: arrival − maxLagMs ≤ result ≤ arrival (but never before the result before it).
 */
export interface FrameClock {
  /**
   * @param clientTimeMs the client's clock at capture; anything finite, no epoch is assumed.
   * @param arrivalMs now, monotonic.
   * @returns ms on the clock of `arrivalMs`, never less than last time.
   */
  capturedAt(clientTimeMs: number, arrivalMs: number): number
}

/** Frames of a client that sends none again: held up longer than this they are not told apart from a client whose clock stood still. */
export const MAX_LAG_MS = 5_000

export interface FrameClockStart {
  /** Longest time a frame may have been held up, ms. */
  readonly maxLagMs: number
  /** arrival − client, as far as it is known; else it is learnt from the frames. */
  readonly offset?: number
  /** No result is before this one. */
  readonly notBefore?: number
}

export function createFrameClock(start: FrameClockStart = { maxLagMs: MAX_LAG_MS }): FrameClock {
  const { maxLagMs } = start
  // Fields and not closure variables, which V8 would box anew at every frame.
  const state = {
    offset: start.offset ?? Number.POSITIVE_INFINITY,
    clientTimeMs: Number.NEGATIVE_INFINITY,
    latest: start.notBefore ?? Number.NEGATIVE_INFINITY,
    laggingSince: Number.POSITIVE_INFINITY,
  }

  return {
    capturedAt(clientTimeMs, arrivalMs) {
      // One connection keeps its order: an earlier time than before means that the clock was set.
      if (clientTimeMs < state.clientTimeMs) state.offset = Number.POSITIVE_INFINITY
      state.clientTimeMs = clientTimeMs
      state.offset = Math.min(state.offset, arrivalMs - clientTimeMs)
      let at = clientTimeMs + state.offset
      if (at < arrivalMs - maxLagMs) {
        at = arrivalMs - maxLagMs
        state.laggingSince = Math.min(state.laggingSince, arrivalMs)
        // A stall passes; a clock that slept does not catch up, and the offset is learnt anew.
        if (arrivalMs - state.laggingSince > maxLagMs) {
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
