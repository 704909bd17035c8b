import t from 'tap'
import { createLandmarkMessages } from './fixtures/landmark-messages.js'
import { openHouse } from './fixtures/realtime-process.js'
import { streamFrames } from './fixtures/stream-frames.js'
import { refusedUpgrade } from './fixtures/test-client.js'

const messages = createLandmarkMessages()

for (const transport of ['uws', 'ws'] as const) {
  t.test(`an orderly stop over ${transport}`, async (t) => {
    const house = await openHouse(t, { transport })
    const process = await house.startProcess()
    const { id } = await house.startSession()
    const camera = await process.connect(id, 'landmarks')
    const voice = await process.connect(id, 'voice')
    await streamFrames(house.clock, camera, 7, messages.json)

    t.equal(await process.stop(), 0)

    const notices = [await camera.next('draining'), await voice.next('draining')]
    const moments = notices.map(({ reconnectAfterMs }) => reconnectAfterMs)
    t.not(moments[0], moments[1], 'not all come back at once')
    t.ok(moments.every((ms) => ms >= 0 && ms <= 10_000))
    t.match(await camera.next('emotion_update'), { frameCount: 7 }, 'the open window was not lost')
    t.equal(await camera.closed(), 4301)
    t.equal(await voice.closed(), 4301)
    const types = (await house.events(id)).map(({ type }) => type)
    t.same(types.slice(3, 4), ['face.window'])
    t.equal(types.filter((type) => type === 'channel.closed').length, 2)
    t.same(await house.store.log.openChannels(id), [])
    t.notOk((await house.store.processes.list()).some((each) => each.id === process.processId))
    await t.rejects(refusedUpgrade(process.urlOf(id)), /ECONNREFUSED|hang up/)
  })
}

t.test('a draining process refuses upgrades that still reach it', async (t) => {
  const house = await openHouse(t, { transport: 'uws' })
  const process = await house.startProcess()
  const { id } = await house.startSession()
  process.health.markDraining()
  t.match(await refusedUpgrade(process.urlOf(id)), {
    status: 503,
    code: 'DRAINING',
    temporary: true,
    headers: { 'retry-after': '2' },
  })
  t.equal((await fetch(`${process.httpUrl}/readyz`)).status, 503)
  t.equal((await fetch(`${process.httpUrl}/health`)).status, 503)
  t.equal((await fetch(`${process.httpUrl}/livez`)).status, 200)
})
