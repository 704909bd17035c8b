import type { Environment } from '@bemore/ops'
import { createPalette, type Palette } from './palette.js'

/** The world as a command sees it: tests hand in another one. */
export interface Terminal {
  readonly env: Environment
  readonly cwd: string
  /** Somebody looks at it: a line may be rewritten in place. */
  readonly interactive: boolean
  readonly columns: number
  readonly paint: Palette
  /** Raw text to stdout. */
  write(text: string): void
  /** A line to stdout. */
  say(line: string): void
  /** A line to stderr. */
  complain(line: string): void
  /** Calls back on SIGTERM, SIGINT and a closed terminal instead of dying; returns the way back. */
  onSignal(listener: (signal: NodeJS.Signals) => void): () => void
}

const NARROW = 80

/** The process this runs in; the only reader of its environment in the CLI. */
export function createProcessTerminal(): Terminal {
  const { stdout, stderr, env } = process
  // The reader of a pipe may leave (`bemore demo | head`): that must not end what is being run.
  for (const stream of [stdout, stderr]) stream.on('error', () => stream.destroy())
  // Without a terminal SIGHUP is left as it is: a listener would undo `nohup`.
  const signals: NodeJS.Signals[] = [
    'SIGTERM',
    'SIGINT',
    ...(stdout.isTTY ? ['SIGHUP' as const] : []),
  ]
  const interactive = stdout.isTTY === true && env['TERM'] !== 'dumb'
  const write = (stream: NodeJS.WriteStream, text: string) => {
    if (!stream.destroyed) stream.write(text)
  }
  return {
    env,
    cwd: process.cwd(),
    interactive,
    get columns() {
      return stdout.columns ?? NARROW
    },
    paint: createPalette(interactive && (env['NO_COLOR'] ?? '') === ''),
    write: (text) => write(stdout, text),
    say: (line) => write(stdout, `${line}\n`),
    complain: (line) => write(stderr, `${line}\n`),
    onSignal(listener) {
      for (const signal of signals) process.on(signal, listener)
      return () => {
        for (const signal of signals) process.off(signal, listener)
      }
    },
  }
}
