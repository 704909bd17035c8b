import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createTcpProxy, createTestDatabase } from '@bemore/testing'
import t, { type Test } from 'tap'
import { main } from '../src/main.js'
import { findFreePort } from '../src/up/ports.js'
import { createTestTerminal } from './fixtures/test-terminal.js'
import { startTwoProcesses } from './fixtures/two-processes.js'
import { until } from './fixtures/until.js'
import { createWebhookReceiver } from './fixtures/webhook-receiver.js'

/** `bemore watch --once`, as cron runs it: each run a new one, in the same folder. */
function createCron(t: Test, url: string, webhook: string) {
  const cwd = t.testdir()
  const history = join(cwd, 'history.jsonl')
  return {
    history: () =>
      readFileSync(history, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    async run(...more: string[]) {
      const terminal = createTestTerminal({ cwd })
      const args = ['watch', url, '--once', '--webhook', webhook, '--history', history, ...more]
      const exitCode = await main(args, terminal)
      return { exitCode, said: terminal.said(), complained: terminal.complained() }
    },
  }
}

t.test('runs of cron alert once, and once more when it is over', async (t) => {
  const receiver = await createWebhookReceiver(t)
  const { url } = await createTestDatabase(t)
  const { hostname, port } = new URL(url)
  const proxy = await createTcpProxy({ host: hostname, port: Number(port) })
  t.teardown(() => proxy.close())
  const { api } = await startTwoProcesses(t, { DATABASE_URL: proxy.through(url) })
  const cron = createCron(t, api.url, receiver.url)

  await until('all to be well', async () => (await cron.run()).exitCode === 0)
  // The bus may be seen to go a moment before the database is.
  const told = (event: string) =>
    receiver.bodies.filter(
      (body) => body['event'] === event && body['cause'] === 'DATABASE_UNREACHABLE',
    )

  await proxy.refuse()
  proxy.cut()
  await until('the cause to be seen', async () => (await cron.run('--json')).exitCode === 20)
  const again = await cron.run('--json')
  t.equal(again.exitCode, 20)
  t.match(JSON.parse(again.said), { healthy: false, cause: 'DATABASE_UNREACHABLE' })
  t.match(told('problem'), [{ process: 'watch', url: api.url }])
  t.equal(told('problem').length, 1)

  await proxy.accept()
  await until('all to be well again', async () => (await cron.run()).exitCode === 0)
  t.equal(told('recovered').length, 1)
  t.ok(Number(told('recovered')[0]?.['durationMs']) > 0, 'it says how long it was')
  t.same(cron.history().at(-1)?.state, {})
})

t.test('what health can no longer be asked about is not told as over', async (t) => {
  const receiver = await createWebhookReceiver(t)
  const body = {
    ...{ status: 'degraded', timestamp: new Date().toISOString(), uptime: 1, version: '0' },
    causes: [{ code: 'DATABASE_UNREACHABLE', since: new Date().toISOString(), detail: 'away' }],
  }
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const cron = createCron(t, `http://127.0.0.1:${port}`, receiver.url)
  await cron.run()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await cron.run()
  t.match(receiver.bodies, [
    { event: 'problem', cause: 'DATABASE_UNREACHABLE' },
    { event: 'problem', cause: 'CONNECTION_REFUSED' },
  ])
  t.equal(receiver.bodies.length, 2, 'and nothing is called recovered')
})

t.test('what reached nobody is told by the next run', async (t) => {
  const receiver = await createWebhookReceiver(t)
  const cron = createCron(t, `http://127.0.0.1:${await findFreePort('127.0.0.1')}`, receiver.url)
  receiver.answer(403)
  const first = await cron.run()
  t.equal(first.exitCode, 11)
  t.match(first.said, /CONNECTION_REFUSED[\s\S]*not delivered: status 403/)
  receiver.answer(200)
  t.match((await cron.run('--lang', 'ko')).said, /알림: CONNECTION_REFUSED/)
  await cron.run()
  t.equal(receiver.bodies.length, 2)
})

t.test('watching on: an alert when it lasts, none when nothing changes', async (t) => {
  const receiver = await createWebhookReceiver(t)
  const url = `http://127.0.0.1:${await findFreePort('127.0.0.1')}`
  const env = { ALERT_WEBHOOK_URL: receiver.url, ALERT_WEBHOOK_FORMAT: 'slack' }
  const terminal = createTestTerminal({ cwd: t.testdir(), env })
  const args = ['watch', url, '--interval', '1', '--after', '1', '--json']
  const watching = main(args, terminal)
  const looks = () => terminal.said().trimEnd().split('\n')
  await until('four looks', () => looks().length >= 4)
  terminal.signal('SIGTERM')
  t.equal(await watching, 11)
  const told = looks().map((line) => JSON.parse(line).alerts.length)
  t.equal(told[0], 0, 'not at once')
  t.equal(
    told.reduce((sum, count) => sum + count, 0),
    1,
  )
  t.match(receiver.bodies, [{ text: /^\*Problem: CONNECTION_REFUSED\* \(watch http/ }])
})

const MISTAKES = [
  { args: [], says: /which URL\?/ },
  { args: ['ftp://x'], says: /http:\/\/ or https:\/\// },
  { args: ['http://x', '--interval', '0'], says: /--interval takes a whole number/ },
  { args: ['http://x', '--format', 'xml'], says: /--format takes one of auto, slack, json/ },
  { args: ['http://x', '--webhook', 'SECRET'], says: /--webhook takes a URL.*: not a URL/ },
]
for (const { args, says } of MISTAKES) {
  t.test(`\`watch ${args.join(' ')}\` is told what is wrong, and 64`, async (t) => {
    const terminal = createTestTerminal()
    t.equal(await main(['watch', ...args], terminal), 64)
    t.match(terminal.complained(), says)
    t.notMatch(terminal.complained(), 'SECRET')
  })
}
