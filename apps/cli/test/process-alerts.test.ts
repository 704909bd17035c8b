import { createTcpProxy, createTestDatabase } from '@bemore/testing'
import t from 'tap'
import { startTwoProcesses } from './fixtures/two-processes.js'
import { until } from './fixtures/until.js'
import { createWebhookReceiver } from './fixtures/webhook-receiver.js'

t.test('both processes tell that the database went, and that it came back', async (t) => {
  const receiver = await createWebhookReceiver(t)
  const { url } = await createTestDatabase(t)
  const { hostname, port } = new URL(url)
  const proxy = await createTcpProxy({ host: hostname, port: Number(port) })
  t.teardown(() => proxy.close())
  const { api, realtime } = await startTwoProcesses(t, {
    DATABASE_URL: proxy.through(url),
    ALERT_WEBHOOK_URL: receiver.url,
    ALERT_AFTER_MS: '1500',
    ALERT_CLEAR_MS: '1000',
    PUBLIC_URL: 'https://bemore.example',
  })
  const told = (event: string, process: string) =>
    receiver.bodies.filter(
      (body) =>
        body['event'] === event &&
        body['process'] === process &&
        body['cause'] === 'DATABASE_UNREACHABLE',
    )
  const isToldByBoth = (event: string) =>
    told(event, 'api').length > 0 && told(event, 'realtime').length > 0

  await proxy.refuse()
  proxy.cut()
  await until('the problem', () => isToldByBoth('problem'))
  await proxy.accept()
  await until('the recovery', () => isToldByBoth('recovered'))

  for (const process of ['api', 'realtime']) {
    t.equal(told('problem', process).length, 1, `${process} tells it once`)
    t.match(told('problem', process)[0], {
      what: 'The database cannot be reached.',
      since: /^\d{4}-\d\d-\d\dT/,
      url: 'https://bemore.example',
    })
    const lastedMs = Number(told('recovered', process)[0]?.['durationMs'])
    t.ok(lastedMs >= 1_500, `${lastedMs} ms`)
  }
  t.same(await Promise.all([api.stop(), realtime.stop()]), [0, 0])
  t.match(api.stdout(), /"event":"alert.problem"/)
  t.notMatch(api.output() + realtime.output(), '/hook')
})
