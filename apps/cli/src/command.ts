import { parseArgs } from 'node:util'
import { EXIT, ExitError } from '@bemore/ops'
import type { Terminal } from './terminal.js'

/** What a command's module exports; it is loaded only when the command is called. */
export interface Command {
  /** All of `bemore <command> --help`. */
  readonly help: string
  /** @returns the exit code; an `ExitError` says its message and ends with its own code. */
  run(args: readonly string[], terminal: Terminal): Promise<number>
}

export class UsageError extends ExitError {
  constructor(message: string) {
    super(EXIT.usage, message)
    this.name = 'UsageError'
  }
}

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>
type OptionValues<Table extends Options> = {
  readonly [Name in keyof Table]?: Table[Name]['type'] extends 'string' ? string : boolean
}

/** The option values of a command without positional arguments. @throws UsageError */
export function readOptions<const Table extends Options>(
  args: readonly string[],
  options: Table,
): OptionValues<Table> {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false })
      .values as OptionValues<Table>
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** The option values of a command that takes at most one positional argument, and that. @throws UsageError */
export function readPositional<const Table extends Options>(
  args: readonly string[],
  options: Table,
): { readonly positional: string | undefined; readonly values: OptionValues<Table> } {
  try {
    const read = parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
    const [positional, ...more] = read.positionals
    if (more.length > 0) throw new Error(`too many arguments: ${more.join(' ')}`)
    return { positional, values: read.values as OptionValues<Table> }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** A whole number in `[min, max]`, or `fallback` where the option is absent. @throws UsageError */
export function readInteger(
  option: string,
  text: string | undefined,
  { fallback, min, max }: { readonly fallback: number; readonly min: number; readonly max: number },
): number {
  if (text === undefined) return fallback
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw new UsageError(`--${option} takes a whole number from ${min} to ${max}, not "${text}"`)
}
