import { createBearerCheck } from '../bearer-token.js'
import type { ProcessConfig } from '../config.js'

export type MetricsConfig = Pick<ProcessConfig, 'environment' | 'metricsToken' | 'metricsPublic'>

/**
 * Whether a request may read the metrics, by its Authorization header ('' without one): with a token
 * configured, whoever has it; without one everybody, but in production nobody who was not let in by
 * METRICS_PUBLIC, because there the port of the API is the internet's.
 */
export function createMetricsAccess(config: MetricsConfig): (authorization: string) => boolean {
  const { environment, metricsToken, metricsPublic } = config
  if (metricsToken === '') {
    const isOpen = environment !== 'production' || metricsPublic === 'yes'
    return () => isOpen
  }
  return createBearerCheck(metricsToken)
}
