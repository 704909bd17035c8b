import type { Logger } from '@bemore/ops'

/** Work on a clock. Runs never overlap, a failure is logged and does not end them. */
export interface RepeatingTask {
  /** Runs now, or once more after the run that is under way. */
  runNow(): void
  /** No more runs; resolves when the one under way is done. */
  stop(): Promise<void>
}

export function startRepeatingTask(options: {
  /** Names the task in the log: `<name>.failed`. */
  readonly name: string
  readonly everyMs: number
  readonly log: Logger
  readonly run: () => Promise<void>
}): RepeatingTask {
  const { name, everyMs, log, run } = options
  let underway: Promise<void> | undefined
  let wanted = false
  let stopped = false

  const runOnce = async () => {
    try {
      await run()
    } catch (error) {
      log.warn({ event: `${name}.failed`, err: error }, `${name} failed, and will be tried again`)
    }
  }
  const runWhileWanted = async () => {
    do {
      wanted = false
      await runOnce()
    } while (wanted && !stopped)
    underway = undefined
  }
  const runNow = () => {
    if (stopped) return
    if (underway === undefined) underway = runWhileWanted()
    else wanted = true
  }

  const timer = setInterval(() => {
    if (underway === undefined) runNow()
  }, everyMs)
  timer.unref()
  runNow()

  return {
    runNow,
    async stop() {
      stopped = true
      clearInterval(timer)
      await underway
    },
  }
}
