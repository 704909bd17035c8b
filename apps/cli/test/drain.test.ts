import { once } from 'node:events'
import { EXIT, PHASES } from '@bemore/ops'
import { createTestDatabase } from '@bemore/testing'
import t from 'tap'
import { main } from '../src/main.js'
import { createTestTerminal } from './fixtures/test-terminal.js'
import { type ServerProcess, startTwoProcesses } from './fixtures/two-processes.js'
import { until } from './fixtures/until.js'

// It starts processes: more than the usual half a minute on a busy machine.
t.setTimeout(120_000)

const TOKEN = 'an-operator-token-of-32-letters!'

interface Process {
  readonly id: string
  readonly kind: 'api' | 'realtime'
  readonly status: string
}

t.test('a process that an operator drains stops in order, with 0', async (t) => {
  const { url } = await createTestDatabase(t)
  const { api, realtime } = await startTwoProcesses(t, {
    DATABASE_URL: url,
    ADMIN_TOKEN: TOKEN,
    PROCESS_HEARTBEAT_MS: '500',
    JOURNAL_DIR: t.testdir(),
  })
  const ask = async (method: string, path: string) => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const reply = await fetch(`${api.url}/api/admin${path}`, { method, headers })
    return { status: reply.status, body: (await reply.json()) as { data: never } }
  }
  const processes = async (): Promise<readonly Process[]> =>
    (await ask('GET', '/processes')).body.data['processes']
  // It is listed before it is ready.
  const find = (kind: Process['kind']) =>
    until(`${kind} to be listed and ready`, async () => {
      const found = (await processes()).find((each) => each.kind === kind)
      return found === undefined || found.status === 'starting' ? null : found
    })
  const drained = async (server: ServerProcess) => {
    if (server.child.exitCode === null) await once(server.child, 'exit')
    const lines: Record<string, unknown>[] = server
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    t.equal(server.child.exitCode, 0)
    t.match(
      lines.find(({ event }) => event === 'stop.begin'),
      { reason: 'drain requested' },
    )
    t.same(
      lines.filter(({ event }) => event === 'stop.phase').map(({ phase }) => phase),
      PHASES,
    )
    t.match(lines.at(-1), { event: 'stop.end', clean: true })
  }

  const command = async (...args: readonly string[]) => {
    const terminal = createTestTerminal({ env: { ADMIN_TOKEN: TOKEN } })
    const code = await main(['admin', ...args, '--url', api.url], terminal)
    return { code, said: terminal.said(), complained: terminal.complained() }
  }

  const { id } = await find('realtime')
  t.match(await command('processes'), { code: EXIT.ok, said: new RegExp(`${id} +realtime +ok`) })
  t.match(await command('drain', id), { code: EXIT.ok, said: /next heartbeat/ })
  await drained(realtime)
  t.notOk(
    (await processes()).some((each) => each.id === id),
    'it has left',
  )
  t.equal((await ask('POST', `/processes/${id}/drain`)).status, 404)
  t.match(await command('drain', id), { code: EXIT.failure, complained: /PROCESS_NOT_FOUND/ })

  await until('the incident of it', async () => {
    const { incidents } = (await ask('GET', '/incidents?open=true')).body.data as {
      incidents: { code: string }[]
    }
    return incidents.some(({ code }) => code === 'REALTIME_DOWN')
  })
  t.match((await command('incidents', '--open')).said, /LASTS +api \w{8} +REALTIME_DOWN/)
  t.match((await command('errors')).said, /1 +PROCESS_NOT_FOUND|2 +PROCESS_NOT_FOUND/)
  t.match(
    (await command('audit', '--limit', '2')).said,
    /process\.drain .*The next page: --cursor/s,
  )
  t.match((await command('sessions')).said, /None\./)
  t.ok(JSON.parse((await command('sessions', '--all', '--json')).said).sessions)

  const own = await find('api')
  t.equal(
    (await ask('POST', `/processes/${own.id}/drain`)).status,
    202,
    'also the one that is asked',
  )
  await drained(api)
})
