import t, { type Test } from 'tap'
import {
  createHealth,
  createLogger,
  readSettings,
  SETTINGS,
  startHealthAlerts,
} from '../src/index.js'
import { until } from './fixtures/until.js'
import { createWebhookReceiver } from './fixtures/webhook-receiver.js'

const SOURCE = { process: 'api', instance: 'a1', url: '', version: '1.2.3' }

async function build(t: Test, env: Record<string, string> = {}) {
  const receiver = await createWebhookReceiver(t)
  const config = readSettings(
    { ...SETTINGS },
    { DATABASE_URL: 'postgres://x/y', ALERT_WEBHOOK_URL: receiver.url, ...env },
  )
  const health = createHealth(Date.now)
  const log = createLogger({ name: 'api', level: 'silent' as 'error' })
  const alerts = startHealthAlerts({ config, health, source: SOURCE, log, now: Date.now })
  t.teardown(() => alerts?.close(0))
  return { receiver, health, alerts }
}
const AT_ONCE = { ALERT_AFTER_MS: '0', ALERT_CLEAR_MS: '0' }

t.test('a process tells its problem and its recovery, once each', async (t) => {
  const { receiver, health } = await build(t, AT_ONCE)
  health.markReady()
  health.degrade('DATABASE_UNREACHABLE', 'refused')
  health.degrade('DATABASE_UNREACHABLE', 'refused again')
  await until('the problem', () => receiver.bodies.length === 1)
  health.recover('DATABASE_UNREACHABLE')
  await until('the recovery', () => receiver.bodies.length === 2)
  t.match(receiver.bodies, [
    { event: 'problem', cause: 'DATABASE_UNREACHABLE', process: 'api' },
    { event: 'recovered', cause: 'DATABASE_UNREACHABLE' },
  ])
})

t.test('what lasts is noticed without anything changing', async (t) => {
  const { receiver, health } = await build(t, { ALERT_AFTER_MS: '300' })
  health.degrade('BUS_LOST', 'no echo')
  t.same(receiver.bodies, [])
  await until('the problem', () => receiver.bodies.length === 1)
  t.match(receiver.bodies[0], { cause: 'BUS_LOST' })
})

t.test('a process that stops in order is no news; one beyond repair is, at once', async (t) => {
  const { receiver, health, alerts } = await build(t, { ALERT_AFTER_MS: '60000' })
  health.markReady()
  health.markDraining()
  health.degrade('DATABASE_UNREACHABLE', 'the pool is closed')
  health.markWedged('LOOP_STUCK', '30 s')
  await alerts?.close(5_000)
  t.same(receiver.bodies.map(({ cause }) => cause).sort(), ['DATABASE_UNREACHABLE', 'LOOP_STUCK'])
})

t.test('without a URL there are no alerts', async (t) => {
  const { alerts } = await build(t, { ALERT_WEBHOOK_URL: '' })
  t.equal(alerts, null)
})
