import { StringDecoder } from 'node:string_decoder'

/** A line longer than this is handed on in pieces: a child must not fill the supervisor's memory. */
const MAX_LINE_CHARS = 65_536

export interface LineSplitter {
  push(chunk: Uint8Array): void
  /** Hands on what came after the last line break. */
  end(): void
}

/** Cuts a byte stream into lines; a character split over two chunks stays whole. */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8')
  let rest = ''

  const take = (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line.endsWith('\r') ? line.slice(0, -1) : line)
    while (rest.length > MAX_LINE_CHARS) {
      onLine(rest.slice(0, MAX_LINE_CHARS))
      rest = rest.slice(MAX_LINE_CHARS)
    }
  }

  return {
    push: (chunk) => take(decoder.write(chunk)),
    end() {
      take(decoder.end())
      if (rest !== '') onLine(rest)
      rest = ''
    },
  }
}
