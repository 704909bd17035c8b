import t, { type Test } from 'tap'
import { createLogger, createWebhook } from '../src/index.js'
import { until } from './fixtures/until.js'
import { createWebhookReceiver } from './fixtures/webhook-receiver.js'

async function build(t: Test, options: { queueLimit?: number; attempts?: number } = {}) {
  const receiver = await createWebhookReceiver(t)
  let logged = ''
  const destination = { write: (line: string) => (logged += line) }
  const log = createLogger({ name: 'bemore', level: 'trace', destination })
  const webhook = createWebhook({
    ...{ url: receiver.url, log, retryMs: 5, timeoutMs: 200, ...options },
  })
  t.teardown(() => webhook.close(0))
  return { receiver, webhook, logged: () => logged }
}

t.test('messages arrive in order', async (t) => {
  const { receiver, webhook } = await build(t)
  for (let n = 1; n <= 5; n += 1) webhook.send(JSON.stringify({ n }))
  await until('all of them', () => webhook.counts.sent === 5)
  t.same(receiver.bodies, [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }, { n: 5 }])
})

t.test('trouble that may pass is tried again: 500, 429, no answer', async (t) => {
  const { receiver, webhook } = await build(t)
  receiver.answer(500, 429, null, 200)
  webhook.send('{"n":1}')
  await until('it arrived', () => webhook.counts.sent === 1)
  t.equal(receiver.bodies.length, 4)
})

t.test('it is given up after the last attempt, and the next one has its turn', async (t) => {
  const { receiver, webhook, logged } = await build(t, { attempts: 2 })
  receiver.answer(503, 503, 200)
  webhook.send('{"n":1}')
  webhook.send('{"n":2}')
  await until('both are settled', () => webhook.counts.sent + webhook.counts.failed === 2)
  t.match(webhook.counts, { sent: 1, failed: 1, dropped: 0, waiting: 0 })
  t.match(logged(), /"event":"webhook.failed".*"reason":"status 503"/)
})

t.test('a receiver that does not want it is asked once; redirects are not followed', async (t) => {
  const { receiver, webhook } = await build(t)
  const elsewhere = await createWebhookReceiver(t)
  receiver.answer(404, { status: 307, headers: { location: elsewhere.url } })
  webhook.send('{"n":1}')
  webhook.send('{"n":2}')
  await until('both are settled', () => webhook.counts.failed === 2)
  t.equal(receiver.bodies.length, 2)
  t.same(elsewhere.bodies, [])
})

t.test('too many waiting: the oldest go, and are counted', async (t) => {
  const { receiver, webhook } = await build(t, { queueLimit: 2 })
  receiver.answer(500, 200)
  for (let n = 1; n <= 6; n += 1) webhook.send(JSON.stringify({ n }))
  await until('the rest arrived', () => webhook.counts.waiting === 0 && webhook.counts.sent === 3)
  t.equal(webhook.counts.dropped, 3)
  t.same(receiver.bodies.slice(-2), [{ n: 5 }, { n: 6 }])
})

t.test('closing waits for what is under way, but not for ever', async (t) => {
  const quick = await build(t)
  quick.webhook.send('{"n":1}')
  await quick.webhook.close(5_000)
  t.equal(quick.webhook.counts.sent, 1)

  const stuck = await build(t)
  stuck.receiver.answer(null)
  stuck.webhook.send('{"n":1}')
  stuck.webhook.send('{"n":2}')
  await stuck.webhook.close(20)
  t.match(stuck.webhook.counts, { sent: 0, failed: 0, dropped: 2, waiting: 0 })
  stuck.webhook.send('{"n":3}')
  t.equal(stuck.webhook.counts.dropped, 3)
})

t.test('nobody there: no throw, and the secret of the URL is in no log line', async (t) => {
  let logged = ''
  const destination = { write: (line: string) => (logged += line) }
  const log = createLogger({ name: 'bemore', level: 'trace', destination })
  const url = 'http://127.0.0.1:9/services/SECRET-PATH?token=SECRET'
  const webhook = createWebhook({ url, log, attempts: 2, retryMs: 1 })
  webhook.send('{}')
  await until('it is given up', () => webhook.counts.failed === 1)
  t.match(logged, /"host":"127.0.0.1:9"/)
  t.notMatch(logged, /SECRET/)
})
