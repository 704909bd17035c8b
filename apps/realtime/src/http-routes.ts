/**
 * Health in three voices, and nothing else: answered from memory, so in microseconds with every
 * dependency hung.
 * - `/livez`: the loop turns and the process is not beyond repair.
 * - `/readyz`: booted and not draining; what routing asks.
 * - `/health`: 503 until first ready, when draining and when wedged; else 200, `ok` or `degraded` with
 *   its causes. Platforms restart what answers 503 here, and a restart mends no database.
 */
import { type Health, isAlive, isServing } from '@bemore/ops'
import type { HealthDocument } from '@bemore/protocol'
import { jsonReply, refusal } from './http-replies.js'
import type { HttpReply } from './transport/port.js'

export interface HttpRoutesDeps {
  readonly health: Health
  describe(): HealthDocument
}

export function createHttpRoutes({ health, describe }: HttpRoutesDeps) {
  return (method: string, path: string): HttpReply => {
    if (method !== 'get' && method !== 'head') return refusal('ROUTE_NOT_FOUND', 'en')
    const { status } = health.snapshot()
    switch (path) {
      case '/livez':
        return jsonReply(isAlive(status) ? 200 : 503, { status })
      case '/readyz':
        return jsonReply(isServing(status) ? 200 : 503, { status })
      case '/health':
        return jsonReply(isServing(status) ? 200 : 503, describe())
      default:
        return refusal('ROUTE_NOT_FOUND', 'en')
    }
  }
}
