/**
 * Runs a task now and every `ms`, never twice at once: a turn that is due while one still runs is
 * left out. The task deals with its own errors; one that it does not expect ends the process.
 */
export interface Repetition {
  /** No further turn; resolves when the running one is done. */
  stop(): Promise<void>
}

export function repeat(ms: number, task: () => Promise<void> | void): Repetition {
  let running: Promise<void> = Promise.resolve()
  let idle = true
  const turn = () => {
    if (!idle) return
    idle = false
    running = Promise.resolve(task()).finally(() => {
      idle = true
    })
  }
  turn()
  const timer = setInterval(turn, ms)
  return {
    stop() {
      clearInterval(timer)
      return running
    },
  }
}
