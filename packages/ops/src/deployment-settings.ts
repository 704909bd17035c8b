import type { ProcessKind } from '@bemore/protocol'
import type { Setting } from './setting.js'
import {
  API_SETTINGS,
  GEMINI_SETTINGS,
  PROCESS_SETTINGS,
  REALTIME_SETTINGS,
  STORE_SETTINGS,
} from './settings.js'

/**
 * What each process reads, and which of it a deployment must state: a variable without a default, and
 * one whose default suits only a developer's machine. The deploy files are held against this.
 */
const SHARED = { ...PROCESS_SETTINGS, ...STORE_SETTINGS, ...GEMINI_SETTINGS }
const READ_BY = {
  api: { ...SHARED, ...API_SETTINGS },
  realtime: { ...SHARED, ...REALTIME_SETTINGS },
} as const satisfies Record<ProcessKind, object>

type Keys<Kind extends ProcessKind> = readonly (keyof (typeof READ_BY)[Kind])[]

const STATED: { readonly [Kind in ProcessKind]: Keys<Kind> } = {
  api: [
    'environment',
    'authSecret',
    'port',
    'trustedProxies',
    'realtimeInternalUrl',
    'realtimePublicUrl',
    'corsOrigins',
    'metricsToken',
    'alertWebhookUrl',
    'geminiApiKey',
  ],
  realtime: [
    'environment',
    'authSecret',
    'realtimePort',
    'journalDir',
    'metricsToken',
    'alertWebhookUrl',
    'geminiApiKey',
  ],
}

/** Names of all variables that a process of this kind reads, aliases among them. */
export function variablesReadBy(kind: ProcessKind): ReadonlySet<string> {
  const settings: Setting<unknown>[] = Object.values(READ_BY[kind])
  return new Set(settings.flatMap(({ variable, alias }) => [variable, ...(alias ? [alias] : [])]))
}

/** Names of the variables that a deployment of this process must state. */
export function variablesToState(kind: ProcessKind): readonly string[] {
  const stated: ReadonlySet<string> = new Set(STATED[kind])
  return Object.entries<Setting<unknown>>(READ_BY[kind])
    .filter(([key, { fallback }]) => fallback === undefined || stated.has(key))
    .map(([, { variable }]) => variable)
}
