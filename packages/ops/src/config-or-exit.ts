import { ConfigError, type Environment } from './config.js'
import { EXIT } from './exit-codes.js'

/** What this needs of `process`. */
export interface ConfiguredSelf {
  readonly env: Environment
  readonly stderr: { write(text: string): unknown }
  exit(code: number): never
}

/**
 * Reads the configuration of a process that is about to start. A fault ends it with 78, and all that
 * there is to mend on stderr: there is no logger yet, and a stack trace would say nothing.
 */
export function configOrExit<Config>(
  read: (env: Environment) => Config,
  self: ConfiguredSelf = process,
): Config {
  try {
    return read(self.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    self.stderr.write(`${error.message}\n`)
    return self.exit(EXIT.config)
  }
}
