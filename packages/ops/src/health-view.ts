import type { HealthDocument, HealthStatus, ProcessKind } from '@bemore/protocol'
import type { HealthSnapshot } from './health.js'
import type { Pressure } from './pressure/pressure.js'

/** Who a process is: the same in its health, its heartbeats and its log. */
export interface ProcessIdentity {
  readonly id: string
  readonly kind: ProcessKind
  readonly version: string
  readonly commit: string
}

/** A state and since when, Unix ms. */
interface Since {
  readonly state: string
  readonly since: number
}

export interface HealthParts {
  readonly identity: ProcessIdentity
  readonly health: HealthSnapshot
  readonly pressure: Pick<Pressure, 'limitBytes' | 'loopDelayMs'>
  readonly database: Since
  readonly bus: Since
  /** Unix ms. */
  readonly nowMs: number
  /** What only this kind of process has to say. */
  readonly own: Pick<
    HealthDocument,
    'queue' | 'connections' | 'sessions' | 'realtime' | 'processes'
  >
}

const SERVING: ReadonlySet<HealthStatus> = new Set(['ok', 'degraded'])

/**
 * What decides between 200 and 503 on `/readyz` and `/health`: booted, not draining, not wedged. 503
 * takes an instance out of routing or restarts it, and trouble elsewhere must do neither.
 */
export function isServing(status: HealthStatus): boolean {
  return SERVING.has(status)
}

/** The same on `/livez`: only a process beyond self-repair asks to be restarted. */
export function isAlive(status: HealthStatus): boolean {
  return status !== 'wedged'
}

/** The one rendering of `/health`, for every kind of process. Everything in it is known already. */
export function describeHealth(parts: HealthParts): HealthDocument {
  const { identity, health, pressure, database, bus, nowMs, own } = parts
  const { rss, heapUsed } = process.memoryUsage()
  return {
    status: health.status,
    causes: health.causes.map(({ code, since, detail }) => ({ code, since: iso(since), detail })),
    timestamp: iso(nowMs),
    uptime: Math.floor(process.uptime()),
    version: identity.version,
    commit: identity.commit,
    process: { id: identity.id, kind: identity.kind },
    memory: { rssBytes: rss, heapUsedBytes: heapUsed, limitBytes: pressure.limitBytes },
    loop: { delayMs: Math.round(pressure.loopDelayMs * 10) / 10 },
    database: { state: database.state, since: iso(database.since) },
    bus: { state: bus.state, since: iso(bus.since) },
    ...own,
  }
}

function iso(unixMs: number): string {
  return new Date(unixMs).toISOString()
}
