import { createTcpProxy, createTestDatabase } from '@bemore/testing'
import t from 'tap'
import { startTwoProcesses } from './fixtures/two-processes.js'
import { until } from './fixtures/until.js'

// It starts processes: more than the usual half a minute on a busy machine.
t.setTimeout(120_000)

const TOKEN = 'an-operator-token-of-32-letters!'

interface Incident {
  readonly code: string
  readonly kind: 'api' | 'realtime'
  readonly endedBy: string | null
  readonly endedAt: string | null
  readonly durationMs: number
}

t.test('an outage that is over, and a process that is dead, can be looked up', async (t) => {
  const { url } = await createTestDatabase(t)
  const { hostname, port } = new URL(url)
  const proxy = await createTcpProxy({ host: hostname, port: Number(port) })
  t.teardown(() => proxy.close())
  const { api, realtime } = await startTwoProcesses(t, {
    DATABASE_URL: proxy.through(url),
    ADMIN_TOKEN: TOKEN,
    ...{ PROCESS_HEARTBEAT_MS: '500', PROCESS_STALE_MS: '3000' },
    // No folder can be made there, whoever tries: a cause that stays.
    JOURNAL_DIR: '/dev/null/journal',
  })
  const list = async (): Promise<readonly Incident[]> => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const reply = await fetch(`${api.url}/api/admin/incidents`, { headers })
    const body = (await reply.json()) as { data?: { incidents: Incident[] } }
    return body.data?.incidents ?? []
  }
  const find = (what: string, holds: (incident: Incident) => boolean) =>
    until(what, async () => (await list()).find(holds) ?? null)

  await find('the cause that stays', ({ code, endedBy }) => {
    return code === 'JOURNAL_UNWRITABLE' && endedBy === null
  })
  await proxy.refuse()
  proxy.cut()
  for (const base of [api.url, realtime.url]) {
    await until(`${base} to know`, async () => {
      const { causes } = (await (await fetch(`${base}/health`)).json()) as {
        causes: { code: string }[]
      }
      return causes.some(({ code }) => code === 'DATABASE_UNREACHABLE')
    })
  }
  t.same(await list(), [], 'nobody can be asked now')
  await proxy.accept()
  for (const of of ['api', 'realtime'] as const) {
    const outage = await find(`the outage as the ${of} had it`, ({ code, kind, endedBy }) => {
      return code === 'DATABASE_UNREACHABLE' && kind === of && endedBy === 'recovery'
    })
    t.ok(outage.durationMs > 0)
  }

  realtime.child.kill('SIGKILL')
  const left = await find('what it left open to end with it', ({ code, endedBy }) => {
    return code === 'JOURNAL_UNWRITABLE' && endedBy === 'process'
  })
  t.match(left, { kind: 'realtime', endedAt: /Z$/ })
})
