import { EXIT, ExitError } from './exit-codes.js'
import type { Setting } from './setting.js'
import {
  API_SETTINGS,
  GEMINI_SETTINGS,
  PROCESS_SETTINGS,
  REALTIME_SETTINGS,
  STORE_SETTINGS,
} from './settings.js'

type Values<Table> = {
  readonly [Key in keyof Table]: Table[Key] extends Setting<infer Value> ? Value : never
}

export type ProcessConfig = Values<typeof PROCESS_SETTINGS>
export type StoreConfig = Values<typeof STORE_SETTINGS>
export type GeminiConfig = Values<typeof GEMINI_SETTINGS>
export type ApiConfig = ProcessConfig & StoreConfig & GeminiConfig & Values<typeof API_SETTINGS>
export type RealtimeConfig = ProcessConfig &
  StoreConfig &
  GeminiConfig &
  Values<typeof REALTIME_SETTINGS>

/** What both processes read. */
const SHARED = { ...PROCESS_SETTINGS, ...STORE_SETTINGS, ...GEMINI_SETTINGS }

export type Environment = Readonly<Record<string, string | undefined>>

export interface ConfigFault {
  readonly variable: string
  readonly problem: string
  readonly expected: string
  readonly describe: string
}

/** Every fault of the configuration at once, so that one start tells all there is to mend. */
export class ConfigError extends ExitError {
  readonly faults: readonly ConfigFault[]

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map(
      (fault) =>
        `  ${fault.variable}: ${fault.problem}; expected ${fault.expected} (${fault.describe})`,
    )
    const where =
      'Set them in the environment (Render: Environment tab; Fly: fly secrets set NAME=…).'
    super(EXIT.config, `The configuration is not usable:\n${lines.join('\n')}\n${where}`)
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/**
 * Reads a table of settings from the environment. An empty variable counts as not set.
 * @param further faults that no single setting shows
 * @throws ConfigError naming every missing or malformed variable.
 */
export function readSettings<Table extends Record<string, Setting<unknown>>>(
  table: Table,
  env: Environment,
  further: readonly ConfigFault[] = [],
): Values<Table> {
  const faults: ConfigFault[] = [...further]
  const values: Record<string, unknown> = {}
  for (const [key, setting] of Object.entries(table)) {
    const text = textOf(env, setting.variable) || textOf(env, setting.alias)
    try {
      values[key] = text === '' ? fallbackOf(setting) : setting.parse(text)
    } catch (error) {
      const { variable, expected, describe } = setting
      faults.push({ variable, problem: (error as Error).message, expected, describe })
    }
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return values as Values<Table>
}

function textOf(env: Environment, variable: string | undefined): string {
  return (variable === undefined ? undefined : env[variable])?.trim() ?? ''
}

function fallbackOf(setting: Setting<unknown>): unknown {
  if (setting.fallback === undefined) throw new Error('not set')
  return setting.fallback
}

export function readApiConfig(env: Environment): ApiConfig {
  return readSettings({ ...SHARED, ...API_SETTINGS }, env, secretFaults(env))
}

export function readRealtimeConfig(env: Environment): RealtimeConfig {
  return readSettings({ ...SHARED, ...REALTIME_SETTINGS }, env, secretFaults(env))
}

/**
 * In production processes run on hosts of their own and disks come and go: a secret made by one of
 * them would sign everybody out at its next start, and the others would know nobody.
 */
function secretFaults(env: Environment): ConfigFault[] {
  const { environment, authSecret } = PROCESS_SETTINGS
  if (textOf(env, environment.variable) !== 'production') return []
  if (textOf(env, authSecret.variable) !== '') return []
  const { variable, describe, expected } = authSecret
  return [{ variable, problem: 'not set', expected, describe }]
}

export function readGeminiConfig(env: Environment): GeminiConfig {
  return readSettings(GEMINI_SETTINGS, env)
}

export function readStoreConfig(env: Environment): StoreConfig {
  return readSettings(STORE_SETTINGS, env)
}
