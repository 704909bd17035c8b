import t from 'tap'
import { createLandmarkMessages } from './fixtures/landmark-messages.js'
import { openHouse } from './fixtures/realtime-process.js'
import { refusedUpgrade } from './fixtures/test-client.js'

const messages = createLandmarkMessages()
/** As often as a level has to be seen before it holds, or has passed. */
const LOOKS = 6

t.test('a process with more to do than it can', async (t) => {
  const house = await openHouse(t, { transport: 'uws' })
  const process = await house.startProcess({ loopDelayShedMs: 100 })
  const late = (loopDelayMs: number) => {
    for (let i = 0; i < LOOKS; i++) process.pressure.look({ rssBytes: 0, loopDelayMs })
  }
  const { id } = await house.startSession()
  const client = await process.connect(id, 'all')
  const stream = async (frames: number) => {
    for (let i = 0; i < frames; i++) client.send(messages.binary(house.clock.wallMs() + i))
    await client.count('pong')
  }

  t.test('measures one frame in two, counts the others and says so once', async (t) => {
    late(150)
    await stream(20)
    t.match(await client.next('rate'), {
      channel: 'landmarks',
      maxFps: 30,
      reason: /one frame in 2/,
    })
    t.equal(await client.count('rate'), 1)
    house.clock.advance(10_000)
    process.realtime.tick()
    await client.next('emotion_update')
    const [event] = await house.events(id, 'face.window')
    t.match(event?.data, { window: { usable: 10, dropped: 10 } })
    t.match(process.health.snapshot(), { status: 'degraded', causes: [{ code: 'LOOP_SLOW' }] })
    t.equal((await process.connect((await house.startSession()).id)).received.length, 1)
  })

  t.test('and, when it is worse, one in four, and takes no new sockets', async (t) => {
    late(500)
    await stream(20)
    t.match(await client.next('rate'), { maxFps: 15, reason: /one frame in 4/ })
    house.clock.advance(10_000)
    process.realtime.tick()
    await client.next('emotion_update')
    const [, event] = await house.events(id, 'face.window')
    t.match(event?.data, { window: { usable: 5, dropped: 15 } })
    t.match(await refusedUpgrade(process.urlOf((await house.startSession()).id)), {
      ...{ status: 503, code: 'OVERLOADED', temporary: true },
      headers: { 'retry-after': '2' },
    })
    t.equal((await fetch(`${process.httpUrl}/health`)).status, 200, 'a restart mends no load')
  })

  t.test('and goes back to normal by itself', async (t) => {
    late(0)
    await stream(20)
    t.match(await client.next('rate'), { maxFps: 60, reason: /every frame/ })
    house.clock.advance(10_000)
    process.realtime.tick()
    await client.next('emotion_update')
    const [, , event] = await house.events(id, 'face.window')
    t.match(event?.data, { window: { usable: 20, dropped: 0 } })
    t.equal(process.health.snapshot().status, 'ok')
    t.ok(await process.connect((await house.startSession()).id))
  })
})

t.test(
  'more new sockets than a process takes are refused before the database is asked',
  async (t) => {
    const house = await openHouse(t, { transport: 'uws' })
    const process = await house.startProcess({ upgradesPerSecond: 1, upgradeBurst: 2 })
    const { id } = await house.startSession()
    await process.connect(id, 'landmarks')
    await process.connect(id, 'voice')
    t.match(await refusedUpgrade(process.urlOf(id, 'session')), {
      ...{ status: 503, code: 'OVERLOADED', headers: { 'retry-after': '2' } },
    })
    house.clock.advance(1_000)
    t.ok(await process.connect(id, 'session'))
  },
)
