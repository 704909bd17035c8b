import { HealthDocumentSchema } from '@bemore/protocol'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { openHouse } from './fixtures/realtime-process.js'

const promised = Compile(HealthDocumentSchema)

for (const transport of ['uws', 'ws'] as const) {
  t.test(`health over ${transport}`, async (t) => {
    const house = await openHouse(t, { transport })
    const process = await house.startProcess()
    const { id } = await house.startSession()
    await process.connect(id, 'voice')
    const ask = async (path: string) => {
      const reply = await fetch(`${process.httpUrl}${path}`)
      return { status: reply.status, body: (await reply.json()) as object }
    }
    const statuses = async () =>
      Promise.all(['/livez', '/readyz', '/health'].map(async (path) => (await ask(path)).status))

    const { body } = await ask('/health')
    t.ok(promised.Check(body), JSON.stringify([...promised.Errors(body)]))
    t.match(body, {
      ...{ status: 'ok', causes: [], version: '0.0.0-test', connections: 1, sessions: 1 },
      process: { id: process.processId, kind: 'realtime' },
      ...{ database: { state: 'reachable' }, bus: { state: 'listening' } },
      memory: { limitBytes: process.pressure.limitBytes },
    })
    t.same(await statuses(), [200, 200, 200])

    process.health.degrade('DATABASE_TIMEOUT', 'no answer')
    t.match(await ask('/health'), {
      status: 200,
      body: { status: 'degraded', causes: [{ code: 'DATABASE_TIMEOUT', since: /Z$/ }] },
    })
    process.health.markDraining()
    t.same(await statuses(), [200, 503, 503], 'draining: alive, not for routing')
    process.health.markWedged('BUS_BEYOND_REPAIR', 'test')
    t.same(await statuses(), [503, 503, 503], 'wedged: to be restarted')
  })
}
