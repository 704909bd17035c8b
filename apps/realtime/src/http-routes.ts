/**
 * Health in three voices, and nothing else: answered from memory, so in microseconds with every
 * dependency hung.
 * - `/livez`: the loop turns.
 * - `/readyz`: booted and not draining; what routing asks.
 * - `/health`: 503 until first ready, when draining and when wedged; else 200, `ok` or `degraded` with
 *   its causes. Platforms restart what answers 503 here, and a restart mends no database.
 */
import type { Health, HealthStatus } from '@bemore/ops'
import type { Clock } from './clock.js'
import { jsonReply, refusal } from './http-replies.js'
import type { HttpReply } from './transport/port.js'

export interface HttpRoutesDeps {
  readonly health: Health
  readonly clock: Clock
  readonly identity: Readonly<Record<'version' | 'commit' | 'processId', string>>
  counts(): { readonly connections: number; readonly sessions: number }
}

const UNAVAILABLE: ReadonlySet<HealthStatus> = new Set(['starting', 'draining', 'wedged'])

export function createHttpRoutes(deps: HttpRoutesDeps) {
  const { health, clock, identity, counts } = deps
  const startedAt = clock.monotonicMs()

  const describe = (): HttpReply => {
    const { status, causes } = health.snapshot()
    return jsonReply(UNAVAILABLE.has(status) ? 503 : 200, {
      status,
      causes,
      timestamp: new Date(clock.wallMs()).toISOString(),
      uptime: Math.floor((clock.monotonicMs() - startedAt) / 1000),
      ...identity,
      ...counts(),
    })
  }

  return (method: string, path: string): HttpReply => {
    if (method !== 'get' && method !== 'head') return refusal('ROUTE_NOT_FOUND', 'en')
    switch (path) {
      case '/livez':
        return jsonReply(200, { status: 'ok' })
      case '/readyz':
        return jsonReply(health.isReady() ? 200 : 503, { ready: health.isReady() })
      case '/health':
        return describe()
      default:
        return refusal('ROUTE_NOT_FOUND', 'en')
    }
  }
}
