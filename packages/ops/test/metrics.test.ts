import t from 'tap'
import {
  createHealth,
  createMetrics,
  createMetricsAccess,
  createPressure,
  createTally,
  readSettings,
  registerProcessMetrics,
  SETTINGS,
} from '../src/index.js'

t.test('what is counted elsewhere is read at each scrape', async (t) => {
  const metrics = createMetrics()
  const tally = createTally()
  let size: number | null = null
  let total = 0
  metrics.gauge('test_size', 'A gauge', () => size)
  metrics.counter('test_total', 'A counter', () => total)
  metrics.counters('test_by_total', 'A counter with labels', ['a', 'b'], () => tally.samples())
  const took = metrics.durations('test_seconds', 'A histogram', ['route'], [0.1, 1])

  t.notMatch(await metrics.render(), /^test_size \d/m, 'a gauge without a value is not there')
  size = 7
  total = 3
  tally.add('x', 'y')
  tally.add('x', 'y')
  tally.add('x', 'z')
  took(0.5, '/:id')
  const text = await metrics.render()
  t.match(text, /^# HELP test_size A gauge\n# TYPE test_size gauge\ntest_size 7$/m)
  t.match(text, /^test_total 3$/m)
  t.match(text, /^test_by_total\{a="x",b="y"\} 2\ntest_by_total\{a="x",b="z"\} 1$/m)
  t.match(text, /^test_seconds_bucket\{le="0.1",route="\/:id"\} 0$/m)
  t.match(text, /^test_seconds_bucket\{le="1",route="\/:id"\} 1$/m)
  size = null
  total = 4
  const later = await metrics.render()
  t.match(later, /^test_total 4$/m)
  t.notMatch(later, /^test_size \d/m)
})

t.test('the standard metrics of a Node process are there', async (t) => {
  const text = await createMetrics().render()
  for (const name of [
    'nodejs_eventloop_lag_p99_seconds',
    'process_resident_memory_bytes',
    'nodejs_heap_size_used_bytes',
    'nodejs_gc_duration_seconds',
    'process_cpu_seconds_total',
  ]) {
    t.match(text, new RegExp(`^# TYPE ${name} `, 'm'))
  }
})

t.test('health is 1 for what is so, and 0 for what could be', async (t) => {
  const metrics = createMetrics()
  const health = createHealth(Date.now)
  registerProcessMetrics(metrics, {
    ...{ name: 'api', version: '1.2.3', commit: 'abc', health, alerts: null },
    pressure: createPressure(
      { memoryLimitBytes: 1_000_000, memoryShedRatio: 0.8, loopDelayShedMs: 100 },
      health,
    ),
  })
  health.markReady()
  health.degrade('BUS_LOST', 'no echo')
  const text = await metrics.render()
  t.match(text, /^bemore_build_info\{process="api",version="1.2.3",commit="abc"\} 1$/m)
  t.match(text, /^bemore_health_ready 1$/m)
  t.match(text, /^bemore_pressure_level\{level="none"\} 1$/m)
  t.match(text, /^bemore_memory_limit_bytes 1000000$/m)
  t.match(text, /^bemore_health_status\{status="degraded"\} 1$/m)
  t.match(text, /^bemore_health_status\{status="ok"\} 0$/m)
  t.match(text, /^bemore_health_cause\{code="BUS_LOST"\} 1$/m)
  t.match(text, /^bemore_health_cause\{code="DATABASE_FULL"\} 0$/m)
})

const ACCESS = [
  { env: {}, header: '', open: true },
  { env: { NODE_ENV: 'production' }, header: '', open: false },
  { env: { NODE_ENV: 'production' }, header: 'Bearer ', open: false },
  { env: { NODE_ENV: 'production', METRICS_PUBLIC: 'yes' }, header: '', open: true },
  { env: { METRICS_TOKEN: 'tok' }, header: '', open: false },
  { env: { METRICS_TOKEN: 'tok' }, header: 'Bearer tok', open: true },
  { env: { METRICS_TOKEN: 'tok' }, header: 'bearer tok', open: true },
  { env: { METRICS_TOKEN: 'tok' }, header: 'Bearer tok2', open: false },
  { env: { METRICS_TOKEN: 'tok' }, header: 'Basic tok', open: false },
  { env: { METRICS_TOKEN: 'tok', METRICS_PUBLIC: 'yes' }, header: '', open: false },
]
for (const { env, header, open } of ACCESS) {
  const name = `${JSON.stringify(env)}, "${header}": ${open ? 'open' : 'closed'}`
  t.test(`access with ${name}`, async (t) => {
    const config = readSettings(SETTINGS, { DATABASE_URL: 'postgres://x/y', ...env })
    t.equal(createMetricsAccess(config)(header), open)
  })
}
