import { type Environment, readSettings, SETTINGS } from '@bemore/ops'
import { findFreePort } from './ports.js'
import type { Placement } from './topology.js'

export interface UpOptions {
  /** Over PORT and REALTIME_PORT; 0: a free one, kept over restarts. */
  readonly port?: number
  readonly realtimePort?: number
  readonly realtimeProcesses: number
}

/** The ports the processes will have: each one after the other from `realtimePort` on. */
export async function placeProcesses(env: Environment, options: UpOptions): Promise<Placement> {
  const { host, port, realtimePort } = SETTINGS
  const settings = readSettings({ host, port, realtimePort }, env)
  const firstRealtime = options.realtimePort ?? settings.realtimePort
  const choose = (wanted: number) =>
    wanted === 0 ? findFreePort(settings.host) : Promise.resolve(wanted)
  const realtimePorts: number[] = []
  for (let index = 0; index < options.realtimeProcesses; index++) {
    realtimePorts.push(await choose(firstRealtime === 0 ? 0 : firstRealtime + index))
  }
  return {
    host: settings.host,
    apiPort: await choose(options.port ?? settings.port),
    realtimePorts,
  }
}

/** DATABASE_URL, or null where an embedded PostgreSQL is wanted. @throws ConfigError */
export function readDatabaseUrl(env: Environment): string | null {
  if ((env['DATABASE_URL'] ?? '').trim() === '') return null
  return readSettings({ databaseUrl: SETTINGS.databaseUrl }, env).databaseUrl
}

/** Host, port and name of a database: what may be shown of a URL with a password in it. */
export function describeDatabaseUrl(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl)
  return `${host}${pathname}`
}
