import type { Palette } from '../palette.js'
import { createLineSplitter } from './line-splitter.js'
import type { LogFile } from './log-file.js'
import { isWorthSaying, readLogLine, renderLogLine } from './log-line.js'

export interface ChildLog {
  take(chunk: Uint8Array): void
  /** Hands on an unfinished last line: what a process says as it dies may lack its line break. */
  flush(): void
}

export interface ChildLogOptions {
  readonly name: string
  readonly file: LogFile
  readonly say: (line: string) => void
  readonly paint: Palette
  readonly now: () => number
}

/** A child in trouble may say the same a thousand times a second: a person reads this many of them. */
const MAX_SAID_PER_SECOND = 20

/** Everything a child says goes to its file; what a person should know also to the terminal. */
export function createChildLog({ name, file, say, paint, now }: ChildLogOptions): ChildLog {
  let second = 0
  let said = 0

  const sayBounded = (text: string) => {
    const current = Math.floor(now() / 1000)
    if (current !== second) {
      second = current
      said = 0
    }
    said += 1
    if (said <= MAX_SAID_PER_SECOND) say(text)
    else if (said === MAX_SAID_PER_SECOND + 1) say(paint.dim(`${name}: more of it in ${file.path}`))
  }

  const lines = createLineSplitter((text) => {
    file.writeLine(text)
    const line = readLogLine(text)
    if (isWorthSaying(line)) sayBounded(renderLogLine(name, line, now(), paint))
  })
  return { take: lines.push, flush: lines.end }
}
