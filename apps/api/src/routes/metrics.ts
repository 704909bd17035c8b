import { createMetricsAccess, type Metrics, type MetricsConfig } from '@bemore/ops'
import { ApiError } from '../http/api-error.js'
import type { Routes } from './context.js'

/** For Prometheus. It has no limit and no access line: it is asked for ever, and by one who may. */
export function registerMetricsRoute(
  app: Routes,
  { metrics, config }: { readonly metrics: Metrics; readonly config: MetricsConfig },
): void {
  const isAllowed = createMetricsAccess(config)

  app.get(
    '/metrics',
    { config: { rateLimit: false, quiet: true }, schema: { hide: true } },
    async (request, reply) => {
      if (!isAllowed(request.headers.authorization ?? '')) {
        reply.header('www-authenticate', 'Bearer')
        throw new ApiError('METRICS_CLOSED')
      }
      return reply
        .headers({ 'content-type': metrics.contentType, 'cache-control': 'no-store' })
        .send(await metrics.render())
    },
  )
}
