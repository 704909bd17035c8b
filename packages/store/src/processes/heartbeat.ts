import type { Health } from '@bemore/ops'

/**
 * Tells the other processes, through the database, that this one lives and how it is: on a clock, and
 * soon after its status or its causes changed, so that one URL knows of it within seconds.
 */
export interface Heartbeat {
  /** Nothing runs by itself before this. */
  start(): void
  /** No further beat; resolves when the one under way is done. */
  stop(): Promise<void>
}

export interface HeartbeatDeps {
  readonly health: Pick<Health, 'onChange'>
  readonly everyMs: number
  /** Writes one; deals with its own errors. Beats never overlap. */
  beat(): Promise<void>
}

/** Changes come in groups: an outage raises three causes within a moment. */
const SETTLE_MS = 200
/** A cause that flaps must not become a load on the database. */
const LEAST_GAP_MS = 1_000

export function createHeartbeat({ health, everyMs, beat }: HeartbeatDeps): Heartbeat {
  let phase: 'created' | 'running' | 'stopped' = 'created'
  let underway: Promise<void> | undefined
  let changed = false
  let beganAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined

  const scheduleNext = () => {
    if (phase !== 'running' || underway !== undefined) return
    const sinceLast = performance.now() - beganAt
    const soonMs = Math.max(SETTLE_MS, LEAST_GAP_MS - sinceLast)
    clearTimeout(timer)
    timer = setTimeout(turn, changed ? soonMs : everyMs)
    timer.unref()
  }
  const turn = () => {
    changed = false
    beganAt = performance.now()
    underway = beat().finally(() => {
      underway = undefined
      scheduleNext()
    })
  }

  health.onChange(() => {
    if (changed) return
    changed = true
    scheduleNext()
  })

  return {
    start() {
      phase = 'running'
      turn()
    },
    async stop() {
      phase = 'stopped'
      clearTimeout(timer)
      await underway
    },
  }
}
