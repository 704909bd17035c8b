/**
 * Looks after the database on a clock of its own, whether anybody calls or not: so that an outage is
 * known before most calls meet it, and its end without one having to try.
 */
export interface Pulse {
  /** Looks now as well. */
  look(): void
  close(): void
}

export function createPulse(deps: {
  readonly intervalMs: number
  /** One look; it settles when it is judged. */
  readonly look: () => Promise<void>
  /**
   * How many looks may overlap. While the database is away one that fell into a black hole must not
   * delay the one that will succeed.
   */
  readonly looksAtOnce: () => number
}): Pulse {
  let looking = 0
  let closed = false

  const look = () => {
    if (closed || looking >= deps.looksAtOnce()) return
    looking += 1
    void deps.look().finally(() => {
      looking -= 1
    })
  }
  const timer = setInterval(look, deps.intervalMs)
  look()

  return {
    look,
    close() {
      closed = true
      clearInterval(timer)
    },
  }
}
