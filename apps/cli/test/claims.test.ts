import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { ExitError } from '@bemore/ops'
import t from 'tap'
import { claimPorts } from '../src/up/claims.js'
import { findFreePort } from '../src/up/ports.js'

const HOST = '127.0.0.1'

async function occupy(test: { teardown(fn: () => unknown): void }) {
  const server = createServer()
  server.listen(0, HOST)
  await once(server, 'listening')
  test.teardown(() => server.close())
  return { port: (server.address() as AddressInfo).port, free: () => server.close() }
}

const refusal = (exitCode: number, words: RegExp) => (error: unknown) =>
  error instanceof ExitError && error.exitCode === exitCode && words.test(error.message)

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  )
}

t.test('a taken port is named, with the variable to change', async (t) => {
  const { port } = await occupy(t)
  const other = await findFreePort(HOST)
  const api = await rejection(
    claimPorts({ host: HOST, apiPort: port, realtimePorts: [other] }, 0, () => {}),
  )
  t.ok(refusal(75, new RegExp(`Port ${port} is taken.* PORT \\(or --port\\)`))(api))
  const realtime = await rejection(
    claimPorts({ host: HOST, apiPort: other, realtimePorts: [port] }, 0, () => {}),
  )
  t.ok(refusal(75, new RegExp(`Port ${port} is taken.* REALTIME_PORT`))(realtime))
})

t.test('the processes of a killed start get time to let go', async (t) => {
  const orphan = await occupy(t)
  const said: string[] = []
  const placement = { host: HOST, apiPort: orphan.port, realtimePorts: [await findFreePort(HOST)] }
  const claimed = claimPorts(placement, 20_000, (line) => {
    said.push(line)
    void sleep(50).then(orphan.free)
  })
  await t.resolves(claimed)
  t.match(said, [`port ${orphan.port} is taken: waiting`])
})

t.test('the same port twice, and an address that is not here, are configuration', async (t) => {
  const port = await findFreePort(HOST)
  const twice = await rejection(
    claimPorts({ host: HOST, apiPort: port, realtimePorts: [port] }, 0, () => {}),
  )
  t.ok(refusal(78, /wanted twice/)(twice))
  const elsewhere = { host: '192.0.2.1', apiPort: port, realtimePorts: [port + 1] }
  t.ok(
    refusal(
      78,
      /Cannot listen on 192\.0\.2\.1.*HOST/,
    )(await rejection(claimPorts(elsewhere, 0, () => {}))),
  )
})
