/**
 * The two clocks of the process. Events, windows and what clients are told are wall time; everything
 * that measures how long (limits, life signs, the pace of frames) is monotonic, because a wall clock
 * that is set would close every socket at once.
 */
export interface Clock {
  /** Unix ms. */
  wallMs(): number
  /** Milliseconds since some moment, never going back. */
  monotonicMs(): number
  /**
   * Takes over the host's wall clock again where this one has gone astray and the host's is right.
   * @param databaseEpochMs what the database's clock showed, Unix ms, when the monotonic one was 0; null:
   *   not known.
   * @param toleranceMs differences up to this are none.
   */
  settle(databaseEpochMs: number | null, toleranceMs: number): void
}

const HOST = { wallMs: () => Date.now(), monotonicMs: () => performance.now() }

/**
 * Wall time that goes on evenly when the host's clock is set: a jump of it would open windows of a time
 * in which nothing was seen, and leave a hole in the time in which something was. What jumps may also be
 * put right by it, or the machine was suspended, while the monotonic clock stood still; the database
 * says which.
 */
export function createSteadyClock(host: Omit<Clock, 'settle'> = HOST): Clock {
  const hostEpoch = () => host.wallMs() - host.monotonicMs()
  let epoch = hostEpoch()

  return {
    wallMs: () => Math.floor(epoch + host.monotonicMs()),
    monotonicMs: host.monotonicMs,
    settle(databaseEpochMs, toleranceMs) {
      const now = hostEpoch()
      const isHostRight = databaseEpochMs !== null && Math.abs(now - databaseEpochMs) <= toleranceMs
      if (isHostRight && Math.abs(now - epoch) > toleranceMs) epoch = now
    },
  }
}
