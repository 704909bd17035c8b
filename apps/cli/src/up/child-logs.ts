import { join } from 'node:path'
import type { Terminal } from '../terminal.js'
import { type ChildLog, createChildLog } from './child-log.js'
import { type LogFile, openLogFile } from './log-file.js'
import { sayLine } from './up-screen.js'

/** With two older ones kept, 30 MB a process at most. */
const MAX_LOG_BYTES = 10_000_000

export interface ChildLogs {
  /** What a child wrote. */
  take(name: string, chunk: Uint8Array): void
  /** Lines that only its file is to have. */
  record(name: string, text: string): void
  close(): void
}

/** `<folder>/<name>.log` for each child, opened when it first speaks. */
export function openChildLogs(folder: string, terminal: Terminal): ChildLogs {
  const files = new Map<string, LogFile>()
  const logs = new Map<string, ChildLog>()

  const fileOf = (name: string): LogFile => {
    const path = join(folder, `${name}.log`)
    const onTrouble = (error: Error) =>
      sayLine(
        terminal,
        `${path} cannot be written (${error.message}): its lines are lost until it can`,
      )
    const file = files.get(name) ?? openLogFile({ path, maxBytes: MAX_LOG_BYTES, onTrouble })
    files.set(name, file)
    return file
  }
  const logOf = (name: string): ChildLog => {
    const { say, paint } = terminal
    const log =
      logs.get(name) ?? createChildLog({ name, file: fileOf(name), say, paint, now: Date.now })
    logs.set(name, log)
    return log
  }

  return {
    take: (name, chunk) => logOf(name).take(chunk),
    record: (name, text) => fileOf(name).writeLine(text.trimEnd()),
    close() {
      for (const log of logs.values()) log.flush()
      for (const file of files.values()) file.close()
    },
  }
}
