// Which processes run, where, and how they find each other. Clients come through the API, by whatever
// name they reach it: this machine's own name for itself would be no address to any other. The API
// hands their `/ws` upgrades to the first realtime process. The others are there for a balancer before
// all of them (REALTIME_PUBLIC_URL and REALTIME_INTERNAL_URL name it), or for clients that choose a port.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Environment, EXIT, ExitError, readApiConfig, readRealtimeConfig } from '@bemore/ops'
import type { ProcessSpec } from './supervised-process.js'
import type { UpUrls } from './up-status.js'

export interface Placement {
  readonly host: string
  readonly apiPort: number
  /** One for each realtime process. */
  readonly realtimePorts: readonly number[]
}

export interface Topology {
  readonly urls: UpUrls
  readonly processes: readonly ProcessSpec[]
  /** Answer 200 once their process is ready. */
  readonly readyUrls: readonly string[]
  /** How long the slowest of them may take to stop, ms. */
  readonly stopPatienceMs: number
}

const entryOf = (app: 'api' | 'realtime') =>
  fileURLToPath(new URL(`../../../../${app}/dist/src/server.js`, import.meta.url))

/**
 * @param env of the caller, handed on to every child
 * @throws ConfigError naming everything in it that a child would refuse
 */
export function planTopology(
  env: Environment,
  databaseUrl: string,
  placement: Placement,
): Topology {
  const { apiPort, realtimePorts } = placement
  const firstRealtime = realtimePorts[0] as number
  const reach = (port: number) => `http://${loopbackFor(placement.host)}:${port}`
  const apiEnv = {
    ...env,
    DATABASE_URL: databaseUrl,
    PORT: String(apiPort),
    REALTIME_INTERNAL_URL: env['REALTIME_INTERNAL_URL'] || reach(firstRealtime),
  }
  const realtimeEnvs = realtimePorts.map((port) => ({
    ...env,
    DATABASE_URL: databaseUrl,
    REALTIME_PORT: String(port),
  }))
  const api = readApiConfig(apiEnv)
  const realtime = realtimeEnvs.map(readRealtimeConfig)
  return {
    urls: {
      api: `http://localhost:${apiPort}`,
      docs: `http://localhost:${apiPort}/docs`,
      websocket: api.realtimePublicUrl === '' ? `ws://localhost:${apiPort}` : api.realtimePublicUrl,
      realtime: realtimePorts.map((port) => `ws://localhost:${port}`),
    },
    processes: [
      ...realtimeEnvs.map((realtimeEnv, index) => ({
        name: index === 0 ? 'realtime' : `realtime-${index + 1}`,
        entry: entryOf('realtime'),
        env: realtimeEnv,
      })),
      { name: 'api', entry: entryOf('api'), env: apiEnv },
    ],
    readyUrls: [...realtimePorts, apiPort].map((port) => `${reach(port)}/readyz`),
    stopPatienceMs: Math.max(
      api.shutdownTimeoutMs,
      ...realtime.map((each) => each.shutdownTimeoutMs),
    ),
  }
}

/** @throws ExitError (78) where a process has not been compiled */
export function assertBuilt(processes: readonly ProcessSpec[]): void {
  const missing = processes.find(({ entry }) => !existsSync(entry))
  if (missing === undefined) return
  throw new ExitError(
    EXIT.config,
    `${missing.name} is not built (there is no ${missing.entry}). Run: npm run build`,
  )
}

/** An address on which a server that listens on `host` can be reached from here. */
export function loopbackFor(host: string): string {
  if (host === '0.0.0.0' || host === '') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
