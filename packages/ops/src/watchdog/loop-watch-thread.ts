/** The thread that watches the event loop of its process. See loop-watch.ts. */
import { write } from 'node:fs'
import inspector from 'node:inspector'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { workerData } from 'node:worker_threads'
import { EXIT } from '../exit-codes.js'
import type { LoopWatchOrder } from './loop-watch.js'
import { createStuckClock } from './stuck-clock.js'

const STDOUT = 1
/** The loop may be stuck in writing to a log that nobody reads; then this line will not get through. */
const WRITE_PATIENCE_MS = 1_000
const EXIT_PATIENCE_MS = 2_000

const { beats, everyMs, stuckMs, base } = workerData as LoopWatchOrder
const clock = createStuckClock(everyMs)

const timer = setInterval(() => {
  const stuckForMs = clock.look(Atomics.load(beats, 0), performance.now())
  if (stuckForMs < stuckMs) return
  clearInterval(timer)
  void endProcess(stuckForMs)
}, everyMs)

async function endProcess(stuckForMs: number): Promise<void> {
  const line = {
    ...{ level: 'fatal', time: new Date().toISOString(), ...base, pid: process.pid },
    ...{ event: 'process.wedged', cause: 'LOOP_STUCK', stuckMs: Math.round(stuckForMs) },
    msg: 'the event loop is stuck; this process ends itself',
  }
  const written = promisify(write)(STDOUT, `${JSON.stringify(line)}\n`).catch(() => {})
  await Promise.race([written, sleep(WRITE_PATIENCE_MS)])
  exitMainThread()
  await sleep(EXIT_PATIENCE_MS)
  // Stuck outside of JavaScript, in a system call: only the kernel can end it, with 137.
  process.kill(process.pid, 'SIGKILL')
}

/**
 * `process.exit` here would end this thread only. What the inspector sends is executed by the main
 * thread even in the middle of a loop without end.
 */
function exitMainThread(): void {
  const session = new inspector.Session()
  session.connectToMainThread()
  session.post('Runtime.evaluate', { expression: `process.exit(${EXIT.software})` })
}
