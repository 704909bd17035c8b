import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Pressure } from './pressure.js'

const LOOK_MS = 1_000
/** The histogram's own timer; what it measures includes this much. */
const RESOLUTION_MS = 20
const NANOSECONDS = 1e6

/** Looks at memory and event loop every second, as long as the process lives; keeps it from nothing. */
export function startPressureClock(pressure: Pick<Pressure, 'look'>): void {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delays.enable()
  let lookedAt = performance.now()
  setInterval(() => {
    const now = performance.now()
    const lateMs = now - lookedAt - LOOK_MS
    lookedAt = now
    // Where the loop has not turned since the last look, this look's own lateness is all there is.
    const delayMs = delays.count === 0 ? lateMs : delays.mean / NANOSECONDS - RESOLUTION_MS
    delays.reset()
    pressure.look({
      rssBytes: process.memoryUsage.rss(),
      loopDelayMs: Math.max(0, delayMs),
    })
  }, LOOK_MS).unref()
}
