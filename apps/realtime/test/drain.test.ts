import type { ServerMessage } from '@bemore/protocol'
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

t.test('sockets are let go at the moments they were told, and count until then', async (t) => {
  const house = await openHouse(t, { transport: 'uws' })
  const process = await house.startProcess()
  const cameras = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const { id } = await house.startSession()
      const client = await process.connect(id, 'landmarks')
      const told = { atMs: 0, closedAtMs: 0, reconnectAfterMs: 0 }
      client.socket.on('message', (text) => {
        const message = JSON.parse(String(text)) as ServerMessage
        if (message.type !== 'draining') return
        told.atMs = performance.now()
        told.reconnectAfterMs = message.data.reconnectAfterMs
        for (let i = 0; i < 3; i++) client.send(messages.binary(house.clock.wallMs() + i))
      })
      client.socket.on('close', () => {
        told.closedAtMs = performance.now()
      })
      return { id, client, told }
    }),
  )
  t.equal(await process.stop(), 0)
  for (const { client, told } of cameras) {
    t.equal(await client.closed(), 4301)
    // Those of one tenth of a second leave together.
    t.ok(told.closedAtMs - told.atMs >= told.reconnectAfterMs - 101, JSON.stringify(told))
  }
  const last = cameras.reduce((a, b) => (a.told.reconnectAfterMs > b.told.reconnectAfterMs ? a : b))
  t.ok(last.told.reconnectAfterMs >= 500)
  const [event] = await house.events(last.id, 'face.window')
  t.match(event?.data, { window: { usable: 3 } }, 'frames sent after the notice were measured')
})

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
