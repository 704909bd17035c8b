import { randomUUID } from 'node:crypto'
import { createEvent, type SessionReport } from '@bemore/core'
import { createLogger } from '@bemore/ops'
import type { Channel } from '@bemore/protocol'
import t from 'tap'
import { createSweeper } from '../src/background/sweeper.js'
import { createRig, dataOf, type Rig } from './rig.js'

const MINUTE = 60_000

function sweeperAt(rig: Rig, now: () => number) {
  const log = createLogger({ name: 'api', level: 'fatal' })
  const { abandonAfterMs, staleMs } = rig.config
  const producer = `sweeper:${randomUUID()}`
  return createSweeper({ store: rig.store, log, producer, abandonAfterMs, staleMs, now })
}

async function openChannel(rig: Rig, sessionId: string, processId: string, channel: Channel) {
  const data = { channel, connectionId: randomUUID(), processId }
  await rig.store.log.append([
    {
      sessionId,
      event: createEvent('channel.opened', Date.now(), data),
      producer: processId,
      producerSeq: Math.floor(Math.random() * 1e9),
    },
  ])
}

t.test('the sweeper', async (t) => {
  const rig = await createRig(t)
  const later = () => Date.now() + rig.config.abandonAfterMs + MINUTE
  const now = sweeperAt(rig, Date.now)
  const future = sweeperAt(rig, later)
  const statusOf = async (id: string) => (await rig.store.sessions.get(id))?.status

  t.test(
    'ends a session that nobody is connected to, as of when it was last heard of',
    async (t) => {
      const id = await rig.start()
      await now.run()
      t.equal(await statusOf(id), 'active', 'not before its time')
      await future.run()
      t.equal(await statusOf(id), 'ended')
      const report = dataOf<SessionReport>(await rig.get(`/api/session/${id}/report`))
      t.equal(report.endReason, 'abandoned')
      t.ok(report.durationMs < MINUTE, 'the silence is no part of it')
    },
  )

  t.test('leaves connected and paused-but-connected sessions alone', async (t) => {
    const id = await rig.start()
    await rig.store.processes.heartbeat({ id: 'rt-alive', kind: 'realtime', info: {} })
    await openChannel(rig, id, 'rt-alive', 'session')
    await rig.post(`/api/session/${id}/pause`)
    await future.run()
    t.equal(await statusOf(id), 'paused')
  })

  t.test(
    'closes the channels of dead processes once, however many sweepers there are',
    async (t) => {
      const id = await rig.start()
      await openChannel(rig, id, 'rt-dead', 'landmarks')
      await openChannel(rig, id, 'rt-dead', 'voice')
      const sweepers = Array.from({ length: 4 }, () => sweeperAt(rig, Date.now))
      await Promise.all(sweepers.map((sweeper) => sweeper.run()))
      t.strictSame(await rig.store.log.openChannels(id), [])
      const events = await rig.store.log.read(id, 0)
      const closed = events.filter((event) => event.type === 'channel.closed')
      t.equal(closed.length, 2)
      t.ok(closed.every(({ data }) => data.code === 0))
      await future.run()
      t.equal(await statusOf(id), 'ended', 'and then the session may be abandoned')
    },
  )
})
