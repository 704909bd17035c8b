/** `/metrics` before the routes there are: read when asked, so its answer takes a moment. */
import { createMetricsAccess, type Logger, type Metrics, type MetricsConfig } from '@bemore/ops'
import { refusal } from './http-replies.js'
import type { HttpReply, TransportHandlers } from './transport/port.js'

type HandleRequest = TransportHandlers<object>['request']

export interface MetricsRouteDeps {
  readonly metrics: Metrics
  readonly config: MetricsConfig
  readonly log: Logger
}

export function withMetricsRoute(
  { metrics, config, log }: MetricsRouteDeps,
  otherwise: (method: string, path: string) => HttpReply,
): HandleRequest {
  const isAllowed = createMetricsAccess(config)

  const refuse = (): HttpReply => {
    const reply = refusal('METRICS_CLOSED', 'en')
    return { ...reply, headers: { ...reply.headers, 'www-authenticate': 'Bearer' } }
  }

  const scrape = async (): Promise<HttpReply> => {
    try {
      const headers = { 'content-type': metrics.contentType, 'cache-control': 'no-store' }
      return { status: 200, headers, body: await metrics.render() }
    } catch (error) {
      log.error({ event: 'metrics.failed', err: error }, 'the metrics could not be read')
      return refusal('INTERNAL', 'en')
    }
  }

  return (method, path, authorization) => {
    if (path !== '/metrics' || method !== 'get') return otherwise(method, path)
    return isAllowed(authorization) ? scrape() : refuse()
  }
}
