import { appendFile, mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type AlertState, isCauseCode, NOTHING_WRONG } from '@bemore/ops'

/** What happened at a look: kept for people, and for the next run to go on from. */
export interface HistoryEntry {
  readonly target: string
  /** ISO 8601. */
  readonly at: string
  readonly cause: string | null
  readonly detail: string
  readonly alerts: readonly { readonly event: string; readonly cause: string }[]
  readonly state: AlertState
}

/**
 * A file of JSON lines that only grows: a line for each change, with the state after it, so that a run
 * of cron goes on where the one before ended. At `maxBytes` it becomes `<path>.1`, in place of an older
 * one. A line torn by a crash is passed over.
 */
export interface WatchHistory {
  /** What was known of the target at the end. */
  lastState(target: string): Promise<AlertState>
  append(entry: HistoryEntry): Promise<void>
}

const MAX_BYTES = 1_048_576

export function createWatchHistory(path: string, maxBytes = MAX_BYTES): WatchHistory {
  const older = `${path}.1`

  return {
    async lastState(target) {
      for (const file of [path, older]) {
        for (const line of (await readText(file)).split('\n').reverse()) {
          const entry = parseEntry(line)
          if (entry?.target === target) return readState(entry.state)
        }
      }
      return NOTHING_WRONG
    },
    async append(entry) {
      await mkdir(dirname(path), { recursive: true })
      const line = `${JSON.stringify(entry)}\n`
      const size = await sizeOf(path)
      if (size > 0 && size + line.length > maxBytes) await rename(path, older)
      const isTorn = size > 0 && !(await endsWithLine(path))
      await appendFile(path, isTorn ? `\n${line}` : line)
    },
  }
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(none(''))
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(({ size }) => size, none(0))
}

async function endsWithLine(path: string): Promise<boolean> {
  const file = await open(path).catch(none(null))
  if (file === null) return true
  try {
    const { size } = await file.stat()
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1))
    return size === 0 || buffer[0] === 10
  } finally {
    await file.close()
  }
}

/** A file that is not there yet is no error; one that cannot be read is. */
function none<Value>(value: Value): (error: NodeJS.ErrnoException) => Value {
  return (error) => {
    if (error.code === 'ENOENT') return value
    throw error
  }
}

function parseEntry(line: string): { target?: unknown; state?: unknown } | null {
  try {
    const entry: unknown = JSON.parse(line)
    return typeof entry === 'object' ? entry : null
  } catch {
    return null
  }
}

/** Of what the file holds, only what is a state: another version may have written it. */
function readState(state: unknown): AlertState {
  if (typeof state !== 'object' || state === null) return NOTHING_WRONG
  const known = Object.entries(state).filter(([code, tracked]) => {
    const { detail, since, goneAt, toldAt, reminded } = (tracked ?? {}) as Record<string, unknown>
    const isTime = (value: unknown) => value === null || Number.isFinite(value)
    return (
      isCauseCode(code) &&
      typeof detail === 'string' &&
      Number.isFinite(since) &&
      Number.isFinite(reminded) &&
      isTime(goneAt) &&
      isTime(toldAt)
    )
  })
  return Object.fromEntries(known) as AlertState
}
