import { createLogger, type Logger, type StoreConfig } from '@bemore/ops'
import type { HostEvidence } from './host-evidence.js'

/** The store as the processes would open it, with a small pool and no more patience than a step has. */
export function storeConfigOf({ api }: HostEvidence, stepMs: number): StoreConfig {
  if (api === undefined) throw new Error('there is no configuration')
  return { ...api, poolSize: 2, connectTimeoutMs: Math.min(api.connectTimeoutMs, stepMs) }
}

/** What the store has to say is in the faults. */
export function silentLogger(): Logger {
  return createLogger({ name: 'bemore', level: 'silent', destination: { write: () => {} } })
}
