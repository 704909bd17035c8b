// A child belongs to its supervisor: it is in a process group of its own, so that Ctrl-C reaches it
// only through the supervisor, in order; and it holds one end of an IPC channel, so that it notices
// when the supervisor is killed (see `stopWithParent` of @bemore/ops).
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { EXIT, SUPERVISED } from '@bemore/ops'
import { createRestartBackoff, type RestartPolicy } from './restart-backoff.js'

export interface ProcessSpec {
  readonly name: string
  /** The file node is to run. */
  readonly entry: string
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface ProcessExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export type ProcessEvent =
  | {
      readonly type: 'started'
      readonly name: string
      readonly pid: number
      readonly restarts: number
    }
  /** It will be started again after `restartInMs`. */
  | (ProcessExit & { readonly type: 'died'; readonly name: string; readonly restartInMs: number })
  /** Starting it again would not help: the exit code says that its surroundings are wrong. */
  | { readonly type: 'gave-up'; readonly name: string; readonly exitCode: number }
  | { readonly type: 'forced'; readonly name: string; readonly afterMs: number }

export interface ProcessStatus {
  readonly name: string
  readonly state: 'running' | 'waiting' | 'stopped'
  readonly pid: number | null
  readonly restarts: number
  /** Unix ms of the current run's start. */
  readonly startedAt: number | null
  readonly lastExit: ProcessExit | null
}

export interface SupervisedProcess {
  start(): void
  status(): ProcessStatus
  /** SIGTERM, and SIGKILL after `patienceMs`; resolves once it is gone, and starts it no more. */
  stop(patienceMs: number): Promise<void>
  /** SIGKILL at once. */
  kill(): void
}

export interface SupervisedProcessDeps {
  readonly policy: RestartPolicy
  readonly onEvent: (event: ProcessEvent) => void
  readonly onOutput: (chunk: Uint8Array) => void
}

/** Exit codes of a child that say: mend something first. */
const HOPELESS: ReadonlySet<number | null> = new Set([EXIT.temporary, EXIT.config])
const LAST_WORDS_MS = 500

export function createSupervisedProcess(
  { name, entry, env }: ProcessSpec,
  { policy, onEvent, onOutput }: SupervisedProcessDeps,
): SupervisedProcess {
  const backoff = createRestartBackoff(policy)
  let child: ChildProcess | null = null
  let gone: Promise<void> = Promise.resolve()
  let restartTimer: NodeJS.Timeout | undefined
  let stopping = false
  let restarts = 0
  let startedAt: number | null = null
  let lastExit: ProcessExit | null = null

  const start = () => {
    const began = performance.now()
    startedAt = Date.now()
    const running = spawn(process.execPath, ['--enable-source-maps', entry], {
      env: { ...env, [SUPERVISED]: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    })
    child = running
    running.stdout?.on('data', onOutput)
    running.stderr?.on('data', onOutput)
    gone = exitOf(running).then((exit) => buried(exit, performance.now() - began))
    if (running.pid !== undefined) onEvent({ type: 'started', name, pid: running.pid, restarts })
  }

  const buried = (exit: ProcessExit, ranMs: number) => {
    child = null
    startedAt = null
    lastExit = exit
    if (stopping) return
    if (exit.code !== null && HOPELESS.has(exit.code)) {
      stopping = true
      onEvent({ type: 'gave-up', name, exitCode: exit.code })
      return
    }
    const restartInMs = backoff.next(ranMs)
    restartTimer = setTimeout(() => {
      restarts += 1
      start()
    }, restartInMs)
    onEvent({ type: 'died', name, ...exit, restartInMs })
  }

  return {
    start,
    status() {
      const state = child === null ? (stopping ? 'stopped' : 'waiting') : 'running'
      return { name, state, pid: child?.pid ?? null, restarts, startedAt, lastExit }
    },
    async stop(patienceMs) {
      stopping = true
      clearTimeout(restartTimer)
      child?.kill('SIGTERM')
      const patience = new AbortController()
      const late = sleep(patienceMs, 'late', { signal: patience.signal }).catch(() => 'gone')
      const outcome = await Promise.race([gone.then(() => 'gone'), late])
      patience.abort()
      if (outcome === 'gone') return
      onEvent({ type: 'forced', name, afterMs: patienceMs })
      child?.kill('SIGKILL')
      await gone
    },
    kill() {
      stopping = true
      clearTimeout(restartTimer)
      child?.kill('SIGKILL')
    },
  }
}

/** How it ended, after its last words (or a short while: a grandchild may hold the pipes open). */
async function exitOf(child: ChildProcess): Promise<ProcessExit> {
  const closed = once(child, 'close').catch(() => {})
  const exit = await new Promise<ProcessExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    // Not started at all (no memory, no process ids left): Node then gives no 'exit'.
    child.on('error', () => {
      if (child.pid === undefined) resolve({ code: null, signal: null })
    })
  })
  await Promise.race([closed, sleep(LAST_WORDS_MS, undefined, { ref: false })])
  return exit
}
