/**
 * One process of the product, spawned from its compiled entry and started again when it ends, with
 * the waits that `bemore up` has (200 ms, doubling to 5 s). A platform does the same; it is written
 * here because the product's own supervisor is an app, which packages may not import.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { SUPERVISED } from '@bemore/ops'

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** `performance.now()` of it. */
  readonly atMs: number
}

export interface ProcessCommand {
  readonly name: string
  /** Absolute path of the program, and what stands before and after it. */
  readonly program: string
  readonly args: readonly string[]
  /** All of its environment. */
  readonly env: Readonly<Record<string, string>>
  /** All it says is appended here. */
  readonly logFile: string
}

export interface RespawningProcess {
  readonly name: string
  readonly pid: number
  readonly isRunning: boolean
  /** How often it has logged this event. */
  logged(event: string): number
  /** Every end so far, the oldest first. */
  readonly exits: readonly Exit[]
  signal(signal: NodeJS.Signals): void
  /** From now on it is not started again when it ends. */
  hold(): void
  /** It is again; at once when it is down, with `changes` to its environment. */
  release(changes?: Readonly<Record<string, string>>): void
  /** The next end, or null when there is none in time. */
  nextExit(withinMs: number): Promise<Exit | null>
  /** Ends it for good: SIGTERM, and SIGKILL when that takes too long. */
  stop(): Promise<void>
}

const BACKOFF = { firstMs: 200, maxMs: 5_000, resetAfterMs: 30_000 } as const
/** A line cut between two chunks may be missed: one of many is enough. */
const LOGGED_EVENT = /"event":"([a-z_.]+)"/g
const STOP_TIMEOUT_MS = 12_000

export function startRespawning(command: ProcessCommand): RespawningProcess {
  const log = createWriteStream(command.logFile, { flags: 'a' })
  const exits: Exit[] = []
  const events = new Map<string, number>()
  const waiters = new Set<(exit: Exit) => void>()
  let env = { ...command.env }
  let child: ChildProcess
  let held = false
  let deaths = 0
  let timer: NodeJS.Timeout | undefined

  const isRunning = () => child.exitCode === null && child.signalCode === null
  // A run that is interrupted must leave nothing behind.
  const killChild = () => child.kill('SIGKILL')
  process.once('exit', killChild)

  const spawnOnce = () => {
    const startedAt = performance.now()
    // Over the fourth it learns of our own end, even by -9, and stops in order.
    child = spawn(command.program, command.args, {
      env: { ...env, [SUPERVISED]: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const output of [child.stdout, child.stderr]) {
      output?.pipe(log, { end: false })
      output?.on('data', (chunk: Buffer) => {
        for (const [, event = ''] of chunk.toString().matchAll(LOGGED_EVENT)) {
          events.set(event, (events.get(event) ?? 0) + 1)
        }
      })
    }
    child.once('exit', (code, signal) => {
      const exit = { code, signal, atMs: performance.now() }
      exits.push(exit)
      for (const tell of waiters) tell(exit)
      waiters.clear()
      if (exit.atMs - startedAt >= BACKOFF.resetAfterMs) deaths = 0
      const waitMs = Math.min(BACKOFF.maxMs, BACKOFF.firstMs * 2 ** deaths)
      deaths += 1
      if (!held) timer = setTimeout(spawnOnce, waitMs)
    })
  }
  spawnOnce()

  return {
    name: command.name,
    get pid() {
      return child.pid ?? 0
    },
    get isRunning() {
      return isRunning()
    },
    exits,
    logged: (event) => events.get(event) ?? 0,
    signal: (signal) => {
      child.kill(signal)
    },
    hold() {
      held = true
      clearTimeout(timer)
    },
    release(changes = {}) {
      env = { ...env, ...changes }
      held = false
      if (!isRunning()) spawnOnce()
    },
    nextExit(withinMs) {
      return new Promise((resolve) => {
        const settle = (exit: Exit | null) => {
          clearTimeout(limit)
          waiters.delete(settle)
          resolve(exit)
        }
        const limit = setTimeout(() => settle(null), withinMs)
        waiters.add(settle)
      })
    },
    async stop() {
      held = true
      clearTimeout(timer)
      if (isRunning()) {
        const gone = once(child, 'exit')
        child.kill('SIGTERM')
        await Promise.race([gone, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })])
        if (isRunning()) child.kill('SIGKILL')
        await gone
      }
      process.off('exit', killChild)
      log.end()
    },
  }
}
