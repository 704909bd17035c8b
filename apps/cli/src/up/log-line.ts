import type { Palette } from '../palette.js'

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'

export interface LogLine {
  readonly level: LogLevel
  /** Stable dotted name; empty where the line is not one of our logger's. */
  readonly event: string
  readonly message: string
  /** Unix ms, or null where the line does not say. */
  readonly at: number | null
}

const LEVELS: ReadonlySet<string> = new Set(['trace', 'debug', 'info', 'warn', 'error', 'fatal'])

/**
 * Reads what a child wrote: a JSON line of our logger, or anything else (a crash of Node itself, a
 * library's warning), which is taken for a warning, because it was not meant to be there.
 */
export function readLogLine(line: string): LogLine {
  const parsed = parseObject(line)
  const level = parsed?.['level']
  if (parsed === null || typeof level !== 'string' || !LEVELS.has(level)) {
    return { level: 'warn', event: '', message: line, at: null }
  }
  const { event, msg, time } = parsed
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN
  return {
    level: level as LogLevel,
    event: typeof event === 'string' ? event : '',
    message: typeof msg === 'string' ? msg : '',
    at: Number.isNaN(at) ? null : at,
  }
}

function parseObject(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return null // Cut off by a kill in the middle of a write.
  }
}

/**
 * uWebSockets.js says this once of the first socket of an idle process, where the upgrade must not be
 * corked (see `engine-callback.ts` in apps/realtime). Nothing is wrong, and nobody can act on it.
 */
const HARMLESS = /uWS\.HttpResponse writes must be made from within a corked callback/

const LIFECYCLE = /^(process|stop|listening|ready)\b/
const LOUD: ReadonlySet<LogLevel> = new Set(['warn', 'error', 'fatal'])

/** Whether a person at the terminal should see it; everything is in the log file anyway. */
export function isWorthSaying({ level, event, message }: LogLine): boolean {
  if (HARMLESS.test(message)) return false
  if (LOUD.has(level)) return message !== '' || event !== ''
  return level === 'info' && LIFECYCLE.test(event)
}

/** `12:00:01 realtime  warn  message (event)` */
export function renderLogLine(name: string, line: LogLine, now: number, paint: Palette): string {
  const time = new Date(line.at ?? now).toTimeString().slice(0, 8)
  const level = paintLevel(line.level, paint)
  const event = line.event === '' ? '' : ` ${paint.dim(`(${line.event})`)}`
  return `${paint.dim(time)} ${paint.cyan(name)} ${level} ${line.message}${event}`
}

function paintLevel(level: LogLevel, paint: Palette): string {
  if (level === 'warn') return paint.yellow(level)
  return level === 'error' || level === 'fatal' ? paint.red(level) : paint.dim(level)
}
