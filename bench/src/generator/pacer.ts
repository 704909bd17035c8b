/**
 * An open loop: sending n is due at start + n / rate, whatever happened before. A generator that
 * waits for the server instead would hide exactly the delays it is there to see.
 */
export interface Lane {
  readonly perSecond: number
  readonly send: (n: number) => void
}

export interface PacerReport {
  /** How late sendings were, ms, ascending: the generator's own fault, not the server's. */
  readonly lateness: Float64Array
}

export async function pace(lanes: readonly Lane[], durationMs: number): Promise<PacerReport> {
  const start = performance.now()
  const counts = lanes.map(() => 0)
  const lateness: number[] = []
  for (;;) {
    const elapsed = Math.min(performance.now() - start, durationMs)
    lanes.forEach(({ perSecond, send }, lane) => {
      const due = Math.floor((elapsed * perSecond) / 1000)
      const first = counts[lane]!
      if (first < due) lateness.push(elapsed - (first * 1000) / perSecond)
      for (let n = first; n < due; n++) send(n)
      counts[lane] = due
    })
    if (elapsed === durationMs) return { lateness: Float64Array.from(lateness).sort() }
    await nextTurn()
  }
}

/**
 * One turn of the event loop and no timer: timers are whole milliseconds, and ten thousand frames a
 * second would leave in ten bursts of ten that a server reads more cheaply than ten clients' frames.
 */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
