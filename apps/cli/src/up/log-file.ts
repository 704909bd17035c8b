import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export interface LogFile {
  readonly path: string
  writeLine(line: string): void
  close(): void
}

export interface LogFileOptions {
  readonly path: string
  /** A file that reached this size becomes `<path>.1`, which becomes `<path>.2`, which goes. */
  readonly maxBytes: number
  /** Called once for each spell of failing writes (a full disk), not for each line lost in it. */
  readonly onTrouble: (error: Error) => void
}

const KEPT = 2

/**
 * A log file of bounded size. Writes are synchronous: the supervisor has nothing better to do, and
 * what a child said last is on disk even if the supervisor is killed in the next moment.
 */
export function openLogFile({ path, maxBytes, onTrouble }: LogFileOptions): LogFile {
  // Session ids are capabilities and occur in logs: nobody else's business.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  let descriptor: number | null = openSync(path, 'a', 0o600)
  let size = fstatSync(descriptor).size
  let failing = false

  const rotate = (full: number): number => {
    for (let age = KEPT; age > 1; age--) renameIfThere(`${path}.${age - 1}`, `${path}.${age}`)
    renameIfThere(path, `${path}.1`)
    // Opened before the full one is closed: should it fail, there is still a file to write to.
    descriptor = openSync(path, 'a', 0o600)
    closeSync(full)
    size = 0
    return descriptor
  }

  return {
    path,
    writeLine(line) {
      if (descriptor === null) return
      try {
        size += writeSync(size >= maxBytes ? rotate(descriptor) : descriptor, `${line}\n`)
        failing = false
      } catch (error) {
        if (!failing) onTrouble(error as Error)
        failing = true
      }
    },
    close() {
      if (descriptor !== null) closeSync(descriptor)
      descriptor = null
    },
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
