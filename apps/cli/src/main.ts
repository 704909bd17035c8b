import { ConfigError, EXIT, ExitError } from '@bemore/ops'
import { type Command, UsageError } from './command.js'
import { createProcessTerminal, type Terminal } from './terminal.js'

interface CommandEntry {
  readonly summary: string
  /** Loaded when called: `migrate` must run where the embedded PostgreSQL is not installed. */
  load(): Promise<Command>
}

export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  up: {
    summary: 'Start everything: PostgreSQL, migrations, realtime and API, supervised',
    load: async () => (await import('./up/up-command.js')).upCommand,
  },
  status: {
    summary: 'Show what a running `up` has under its wings',
    load: async () => (await import('./status-command.js')).statusCommand,
  },
  demo: {
    summary: 'Drive a running system as a browser would, and show the report',
    load: async () => (await import('./demo/demo-command.js')).demoCommand,
  },
  doctor: {
    summary: 'Say what is wrong with a running system, and what to do about it',
    load: async () => (await import('./doctor/doctor-command.js')).doctorCommand,
  },
  smoke: {
    summary: 'Walk through a whole session and tick the checklist: after a deploy',
    load: async () => (await import('./smoke/smoke-command.js')).smokeCommand,
  },
  watch: {
    summary: 'Look at a running system from outside, and tell a webhook what is wrong',
    load: async () => (await import('./watch/watch-command.js')).watchCommand,
  },
  admin: {
    summary: 'See processes, sessions, incidents and failures, and have a process replaced',
    load: async () => (await import('./admin/admin-command.js')).adminCommand,
  },
  migrate: {
    summary: 'Bring the database at DATABASE_URL to the schema of this version',
    load: async () => (await import('./migrate-command.js')).migrateCommand,
  },
}

function describeCommands(): string {
  const names = Object.keys(COMMANDS)
  const width = Math.max(...names.map((name) => name.length))
  const rows = Object.entries(COMMANDS).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
  )
  return `Usage: bemore <command> [options]

${rows.join('\n')}

\`bemore <command> --help\` tells the options of each.`
}

/**
 * Runs `bemore` with the arguments after its name.
 * @returns the exit code (`EXIT` of @bemore/ops). The caller exits with it: a command that was
 *   interrupted may leave handles open.
 */
export async function main(
  argv: readonly string[],
  terminal: Terminal = createProcessTerminal(),
): Promise<number> {
  const [name, ...args] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.say(describeCommands())
    return name === undefined ? EXIT.usage : EXIT.ok
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (entry === undefined) {
    terminal.complain(`bemore: there is no command "${name}"\n\n${describeCommands()}`)
    return EXIT.usage
  }
  try {
    const command = await entry.load()
    if (args.includes('--help') || args.includes('-h')) {
      terminal.say(command.help)
      return EXIT.ok
    }
    return await command.run(args, terminal)
  } catch (error) {
    return explain(name, error, terminal)
  }
}

/** Expected trouble is told in its own words; anything else with the stack, for whoever mends it. */
function explain(name: string, error: unknown, terminal: Terminal): number {
  if (error instanceof UsageError) {
    terminal.complain(`bemore ${name}: ${error.message}\nSee: bemore ${name} --help`)
    return error.exitCode
  }
  if (error instanceof ExitError || error instanceof ConfigError) {
    terminal.complain(`bemore ${name}: ${error.message}`)
    return error instanceof ExitError ? error.exitCode : EXIT.config
  }
  terminal.complain(`bemore ${name}: ${error instanceof Error ? error.stack : String(error)}`)
  return EXIT.software
}
