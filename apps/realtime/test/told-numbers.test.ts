import { createTcpProxy } from '@bemore/testing'
import t from 'tap'
import { createToldNumbers } from '../src/told-numbers.js'
import { createLandmarkMessages } from './fixtures/landmark-messages.js'
import { openHouse } from './fixtures/realtime-process.js'
import { streamFrames } from './fixtures/stream-frames.js'

const messages = createLandmarkMessages()

t.test('a number is told once on each channel', async (t) => {
  const { onlyNew } = createToldNumbers()
  const resumed = (seq: number) => {
    const data = { sessionId: 'sess', status: 'active', timestamp: 1 } as const
    return { type: 'session_resumed', data, seq } as const
  }
  t.match(onlyNew(resumed(3), 'landmarks'), { seq: 3 })
  t.notMatch(onlyNew(resumed(3), 'landmarks'), { seq: Number })
  t.notMatch(onlyNew(resumed(2), 'landmarks'), { seq: Number }, 'nor an earlier one')
  t.match(onlyNew(resumed(3), 'voice'), { seq: 3 }, 'another channel has its own')
  t.notMatch(onlyNew(resumed(3)), { seq: Number }, 'to all, one of which has had it')
  t.match(onlyNew(resumed(4)), { seq: 4 })
  t.notMatch(onlyNew(resumed(4), 'session'), { seq: Number })
  const pong = { type: 'pong', data: {} } as never
  t.equal(onlyNew(pong), pong)
})

t.test('windows told while the database is away repeat no number', async (t) => {
  const quick = { connectTimeoutMs: 500, statementTimeoutMs: 500, poolWaitMs: 500 }
  const house = await openHouse(t, { transport: 'uws', ...quick })
  const { clock } = house
  const { hostname, port } = new URL(house.databaseUrl)
  const proxy = await createTcpProxy({ host: hostname, port: Number(port) })
  t.teardown(() => proxy.close())
  const process = await house.startProcess({ databaseUrl: proxy.through(house.databaseUrl) })
  const { id } = await house.startSession()
  const camera = await process.connect(id, 'landmarks')
  const endWindow = async () => {
    await streamFrames(clock, camera, 3, messages.json)
    clock.advance(10_000)
    process.realtime.tick()
    clock.advance(1_500)
    process.realtime.tick()
    await camera.next('emotion_update')
  }
  await endWindow()
  await process.queue.flush()
  await proxy.refuse()
  proxy.cut()
  await process.realtime.checkDatabase()
  for (let windows = 0; windows < 3; windows += 1) await endWindow()
  const updates = camera.received.filter(({ type }) => type === 'emotion_update')
  t.equal(updates.length, 4)
  const numbers = updates.flatMap((each) =>
    'seq' in each && each.seq !== undefined ? [each.seq] : [],
  )
  t.same(numbers, [...new Set(numbers)])
})
