import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { attachLifeline } from './lifeline.js'
import { type Account, spawnAs } from './service-account.js'
import { poll } from './shutdown-ladder.js'

const KEPT_LINES = 40
const LAST_WORDS_MS = 500

export interface ServerExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** What the server said last; at most 40 lines. */
  readonly lastLines: readonly string[]
}

export interface ServerProcess {
  readonly pid: number
  readonly exited: Promise<ServerExit>
  hasExited(): boolean
  signal(signal: NodeJS.Signals): void
  gone(withinMs: number): Promise<boolean>
}

export interface ServerCommand {
  readonly postgres: string
  readonly dataFolder: string
  readonly settings: Readonly<Record<string, string | number | boolean>>
  readonly account: Account | undefined
  readonly log: (line: string) => void
  /** The server's own lines. */
  readonly serverLog: (line: string) => void
}

/** Starts postgres as our child. It is not ready yet; see `becameReady`. */
export async function spawnServer(command: ServerCommand): Promise<ServerProcess> {
  const options = Object.entries(command.settings).flatMap(([name, value]) => [
    '-c',
    `${name}=${typeof value === 'boolean' ? (value ? 'on' : 'off') : value}`,
  ])
  const child = spawn(command.postgres, ['-D', command.dataFolder, ...options], {
    ...spawnAs(command.account),
    // A session of its own: Ctrl-C must not stop it before its users have finished.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await once(child, 'spawn')
  const pid = child.pid as number
  const cutLifeline = attachLifeline(pid, command.account, command.log)
  const lastLines = keepLines(child, command.serverLog)
  // Its last words may still be in the pipe; a killed postmaster's children can hold that open.
  const closed = once(child, 'close')
  const exited = once(child, 'exit').then(async ([code, signal]): Promise<ServerExit> => {
    cutLifeline()
    await settledWithin(closed, LAST_WORDS_MS)
    return { code, signal, lastLines }
  })
  return {
    pid,
    exited,
    hasExited: () => child.exitCode !== null || child.signalCode !== null,
    signal: (signal) => {
      child.kill(signal)
    },
    gone: (withinMs) => settledWithin(exited, withinMs),
  }
}

function keepLines(child: ChildProcess, forward: (line: string) => void): string[] {
  const lines: string[] = []
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    lines.push(line)
    if (lines.length > KEPT_LINES) lines.shift()
    forward(line)
  })
  return lines
}

async function settledWithin(promise: Promise<unknown>, withinMs: number): Promise<boolean> {
  const timer = new AbortController()
  const timeout = sleep(withinMs, false, { signal: timer.signal }).catch(() => false)
  try {
    return await Promise.race([promise.then(() => true), timeout])
  } finally {
    timer.abort()
  }
}

/**
 * Waits until the server takes connections; false when it exited or the time is over. It says so
 * in the eighth line of postmaster.pid, which is what pg_ctl reads: no connection is needed.
 */
export async function becameReady(
  server: ServerProcess,
  dataFolder: string,
  withinMs: number,
): Promise<boolean> {
  const pidFile = join(dataFolder, 'postmaster.pid')
  const isReady = () => {
    let lines: string[]
    try {
      lines = readFileSync(pidFile, 'utf8').split('\n')
    } catch {
      return false // Not written yet.
    }
    return Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready'
  }
  await poll(() => server.hasExited() || isReady(), withinMs)
  return !server.hasExited() && isReady()
}
