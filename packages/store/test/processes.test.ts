import { createEvent } from '@bemore/core'
import t from 'tap'
import { openStore, startSession } from './test-store.js'

t.test('channels of dead, departed and unknown processes are orphans', async (t) => {
  const { store, direct } = await openStore(t)
  const { id } = await startSession(store)
  const names = ['alive', 'dead', 'departed', 'unknown']
  await store.log.append(
    names.map((processId, index) => ({
      sessionId: id,
      producer: 'p1',
      producerSeq: index,
      event: createEvent('channel.opened', Date.now() + index, {
        channel: 'voice',
        connectionId: `of-${processId}`,
        processId,
      }),
    })),
  )
  for (const process of names.slice(0, 3)) {
    await store.processes.heartbeat({ id: process, kind: 'realtime', info: { port: 8001 } })
  }
  await store.processes.leave('departed')
  await direct`update processes set heartbeat_at = now() - interval '1 minute' where id = 'dead'`

  const orphans = await store.processes.listOrphanChannels(15_000, 10)
  t.same(
    orphans.map(({ processId }) => processId),
    ['dead', 'departed', 'unknown'],
  )
  t.match(orphans[0], { sessionId: id, channel: 'voice', connectionId: 'of-dead' })
  t.equal((await store.processes.listOrphanChannels(15_000, 1)).length, 1)

  await store.processes.heartbeat({ id: 'dead', kind: 'realtime', info: { port: 8002 } })
  t.equal((await store.processes.listOrphanChannels(15_000, 10)).length, 2, 'it was only slow')
  t.match(
    await store.processes.list(),
    [
      { id: 'dead', info: { port: 8002 }, heartbeatAgeMs: Number },
      { id: 'alive', kind: 'realtime', info: { port: 8001 } },
    ],
    'the freshest first',
  )
  t.equal((await store.processes.list(1)).length, 1)
})

t.test('processes that died long ago are forgotten', async (t) => {
  const { store, direct } = await openStore(t)
  await store.processes.heartbeat({ id: 'old', kind: 'api', info: {} })
  await direct`update processes set heartbeat_at = now() - interval '2 days'`
  await store.processes.heartbeat({ id: 'new', kind: 'api', info: {} })
  t.same(
    (await store.processes.list()).map(({ id }) => id),
    ['new'],
  )
})

t.test('a process reads with its heartbeat that it should go', async (t) => {
  const { store, direct } = await openStore(t)
  const beat = (id: string) => store.processes.heartbeat({ id, kind: 'api', info: {} })
  t.same(await beat('p1'), { drainRequested: false })
  await beat('dead')
  await direct`update processes set heartbeat_at = now() - interval '1 minute' where id = 'dead'`
  const at = await store.processes.requestDrain('p1', 15_000)
  t.ok(at)
  t.equal(await store.processes.requestDrain('p1', 15_000), at, 'asked again, it is the same wish')
  t.equal(await store.processes.requestDrain('dead', 15_000), null)
  t.equal(await store.processes.requestDrain('unknown', 15_000), null)
  t.same(await beat('p1'), { drainRequested: true })
  t.match(await store.processes.list(), [
    { id: 'p1', drainRequestedAt: at },
    { id: 'dead', drainRequestedAt: null },
  ])
})
