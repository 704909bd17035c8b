import { HEALTH_STATUSES } from '@bemore/protocol'
import type { HealthAlerts } from '../alerts/health-alerts.js'
import { CAUSES } from '../causes/causes.js'
import type { Health } from '../health.js'
import { PRESSURE_LEVELS } from '../pressure/gauge.js'
import type { Pressure } from '../pressure/pressure.js'
import type { Metrics, Sample } from './metrics.js'

export interface ProcessMetricsDeps {
  readonly name: string
  readonly version: string
  readonly commit: string
  readonly health: Health
  readonly alerts: HealthAlerts | null
  readonly pressure: Pressure
}

/** What every process says of itself: its build, its health, its alerts. */
export function registerProcessMetrics(metrics: Metrics, deps: ProcessMetricsDeps): void {
  const { name, version, commit, health, alerts, pressure } = deps
  const build: Sample = [1, name, version, commit]
  metrics.gauges(
    'bemore_build_info',
    'What runs: always 1',
    ['process', 'version', 'commit'],
    () => [build],
  )
  metrics.gauge('bemore_health_ready', 'Booted and not draining: 1, else 0', () =>
    Number(health.isReady()),
  )
  metrics.gauges('bemore_health_status', '1 for the status it has', ['status'], () => {
    const { status } = health.snapshot()
    return HEALTH_STATUSES.map((each): Sample => [Number(each === status), each])
  })
  metrics.gauges('bemore_health_cause', '1 for each cause there is now', ['code'], () => {
    const present = new Set<string>(health.snapshot().causes.map(({ code }) => code))
    return Object.keys(CAUSES).map((code): Sample => [Number(present.has(code)), code])
  })
  metrics.gauges('bemore_pressure_level', '1 for how hard load is shed', ['level'], () =>
    PRESSURE_LEVELS.map((level): Sample => [Number(level === pressure.level), level]),
  )
  metrics.gauge('bemore_memory_limit_bytes', 'Ceiling this process keeps to', () => {
    return pressure.limitBytes
  })
  metrics.counters('bemore_alerts_total', 'Alerts by what became of them', ['outcome'], () => {
    const { sent = 0, failed = 0, dropped = 0 } = alerts?.counts ?? {}
    return [
      [sent, 'sent'],
      [failed, 'failed'],
      [dropped, 'dropped'],
    ]
  })
}
