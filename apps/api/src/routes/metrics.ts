import type { Metrics } from '@bemore/ops'
import type { Routes } from './context.js'

/** For Prometheus. It has no limit and no access line: it is asked for ever, and by one who may. */
export function registerMetricsRoute(
  app: Routes,
  { metrics }: { readonly metrics: Metrics },
): void {
  app.get(
    '/metrics',
    { config: { access: 'metrics', rateLimit: false, quiet: true }, schema: { hide: true } },
    async (_request, reply) =>
      reply
        .headers({ 'content-type': metrics.contentType, 'cache-control': 'no-store' })
        .send(await metrics.render()),
  )
}
