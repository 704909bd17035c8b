import inspector from 'node:inspector'
import { Worker } from 'node:worker_threads'
import type { Logger } from '../logger.js'

/** What the watching thread is told. */
export interface LoopWatchOrder {
  /** One number, counted up by the loop that is watched. */
  readonly beats: Int32Array
  readonly everyMs: number
  readonly stuckMs: number
  /** Of the log line it writes, as those of the process itself. */
  readonly base: Readonly<Record<string, unknown>>
}

const BEAT_MS = 1_000
/** A stuck loop is noticed within a quarter more than the time it is given. */
const LOOKS_UNTIL_STUCK = 4
/** The thread holds a dozen objects. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 }

/**
 * Has a thread of its own watch this event loop: where it has not turned for `stuckMs` the process
 * ends itself with 70, for the platform to restart it. A loop that is stuck cannot do that, and cannot
 * answer the probe that would show it.
 * @param stuckMs 0: not watched
 */
export function startLoopWatch(
  log: Logger,
  base: Readonly<Record<string, unknown>>,
  stuckMs: number,
): void {
  // At a breakpoint the loop stands still because somebody looks at it.
  if (stuckMs === 0 || inspector.url() !== undefined) return
  const everyMs = Math.min(BEAT_MS, stuckMs / LOOKS_UNTIL_STUCK)
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  setInterval(() => Atomics.add(beats, 0, 1), everyMs).unref()
  const order: LoopWatchOrder = { beats, everyMs, stuckMs, base }
  const thread = new Worker(new URL('loop-watch-thread.js', import.meta.url), {
    ...{ workerData: order, resourceLimits: THREAD_LIMITS, env: {}, execArgv: [] },
    name: 'loop watch',
  })
  thread.on('error', (error) => {
    log.warn({ event: 'watchdog.failed', err: error }, 'nobody watches the event loop any more')
  })
  thread.unref()
}
