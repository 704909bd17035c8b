import { mergeFaceWindows } from '@bemore/core'
import t from 'tap'
import { createLandmarkMessages } from './fixtures/landmark-messages.js'
import { openHouse } from './fixtures/realtime-process.js'
import { streamFrames } from './fixtures/stream-frames.js'
import type { TestClient } from './fixtures/test-client.js'
import { until } from './fixtures/until.js'

const messages = createLandmarkMessages()

for (const transport of ['uws', 'ws'] as const) {
  t.test(`windows over ${transport}`, async (t) => {
    const house = await openHouse(t, { transport })
    const { clock } = house
    const { realtime, bus, processId, connect } = await house.startProcess()

    const stream = (client: TestClient, frames: number) =>
      streamFrames(clock, client, frames, messages.json)
    const windowsOf = async (sessionId: string) =>
      (await house.events(sessionId, 'face.window')).flatMap((event) =>
        event.type === 'face.window' ? [event.data.window] : [],
      )
    /** The parts of a session's first window, once there are so many of them. */
    const partsOf = (sessionId: string, count: number) =>
      until(`${count} parts of a window`, async () => {
        const parts = await windowsOf(sessionId)
        return parts.length === count ? parts : null
      })
    const endWindow = () => {
      clock.advance(10_000)
      realtime.tick()
    }

    t.test('frames give live affect, and a window when its time is over', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id)
      await stream(client, 20)
      const affect = await client.next('affect')
      t.match(affect, { status: 'measured', source: 'local', aspectAssumed: true })
      t.equal(Object.keys(affect.probabilities).length, 8)

      clock.advance(7_999)
      realtime.tick()
      t.equal(await client.count('emotion_update'), 0, 'its time is not over yet')
      clock.advance(1)
      realtime.tick()
      const update = await client.next('emotion_update')
      t.match(update, { frameCount: 20, window: 0, sttSnippet: '' })
      t.not(update.emotion, 'unknown')
      const [window] = await windowsOf(id)
      t.match(window, { index: 0, frames: 20, usable: 20, rejected: 0, dropped: 0 })
      t.equal(window?.startMs, (await house.store.sessions.get(id))?.startedAt)
      t.equal(window?.endMs, clock.wallMs())
    })

    t.test('binary and JSON frames go into the same window', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id, 'all')
      await streamFrames(clock, client, 5, messages.binary)
      await stream(client, 5)
      endWindow()
      t.match(await client.next('emotion_update'), { frameCount: 10 })
      t.match(await partsOf(id, 1), [{ usable: 10 }])
    })

    t.test('live affect comes only when it changed, and at most five times a second', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id)
      const still = messages.json(0)
      await streamFrames(clock, client, 30, (at) =>
        still.replace('"timestamp":0', `"timestamp":${at}`),
      )
      const settled = await client.count('affect')
      t.ok(settled < 10, `${settled} messages for three seconds of one face`)
      await streamFrames(clock, client, 20, (at) => messages.json(at, true))
      const smiling = (await client.count('affect')) - settled
      t.ok(smiling > 1 && smiling <= 10, `${smiling} messages for two seconds of a smile`)
      t.equal(client.received.findLast((message) => message.type === 'affect')?.data.label, 'happy')
    })

    t.test('a window in which nothing arrived is not written', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id)
      endWindow()
      t.equal(await client.count('emotion_update'), 0)
      await bus.requestFlush(id, [processId], 5_000)
      t.same(await windowsOf(id), [])
    })

    t.test('nobody in view is unknown, and never neutral', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id)
      await streamFrames(clock, client, 3, (timestamp) =>
        JSON.stringify({ type: 'landmarks', data: [], timestamp }),
      )
      t.match(await client.next('affect'), { label: 'unknown', status: 'no-face', valence: null })
      endWindow()
      const unknown = { emotion: 'unknown', frameCount: 3, confidence: 0, valence: null }
      t.match(await client.next('emotion_update'), unknown)
      t.match(await partsOf(id, 1), [{ noFace: 3, usable: 0, label: 'unknown' }])
    })

    t.test('frames that cannot be read are counted', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id)
      await stream(client, 2)
      client.send(messages.json(clock.wallMs()).replace('"x":', '"y":'))
      client.send(messages.binary(clock.wallMs()).subarray(0, 1_000))
      t.match(await client.next('error'), { code: 'MALFORMED_MESSAGE', ref: 'BAD_POINT' })
      t.match(await client.next('error'), { code: 'MALFORMED_MESSAGE', ref: 'TRUNCATED' })
      endWindow()
      t.match(await client.next('emotion_update'), { frameCount: 4 })
      t.match(await partsOf(id, 1), [{ frames: 4, usable: 2, rejected: 2 }])
    })

    t.test('a pause closes the window, drops frames, and leaves pings answered', async (t) => {
      const { id } = await house.startSession()
      const camera = await connect(id)
      const control = await connect(id, 'session')
      await stream(camera, 10)
      control.send({ type: 'pause' })
      await camera.next('session_paused')
      t.match(await camera.next('emotion_update'), { frameCount: 10, window: 0 })
      await stream(camera, 10)
      control.send({ type: 'resume' })
      await camera.next('session_resumed')
      await stream(camera, 5)
      endWindow()
      const told = await camera.next('emotion_update')
      t.match(told, { frameCount: 15, window: 0 }, 'users see windows, not parts')

      const parts = await partsOf(id, 2)
      t.match(parts, [
        { index: 0, usable: 10 },
        { index: 0, usable: 5 },
      ])
      t.match(mergeFaceWindows(parts), { index: 0, usable: 15, frames: 15 })
    })

    t.test('a reconnect in mid-window makes another part of the same window', async (t) => {
      const { id } = await house.startSession()
      const first = await connect(id)
      await stream(first, 10)
      first.socket.close()
      await partsOf(id, 1)
      const second = await connect(id)
      await stream(second, 10)
      endWindow()
      // The update of the first part may have found the second socket open already.
      const updates = () => second.received.filter(({ type }) => type === 'emotion_update')
      await until('both parts together', () =>
        updates().some(({ data }) => 'frameCount' in data && data.frameCount === 20),
      )
      t.match(updates().at(-1), { data: { frameCount: 20, window: 0 } })
      t.match(mergeFaceWindows(await partsOf(id, 2)), { index: 0, usable: 20 })
    })

    t.test('frames of a replaced socket do not count', async (t) => {
      const { id } = await house.startSession()
      const older = await connect(id)
      await stream(older, 3)
      const newer = await connect(id)
      for (let i = 0; i < 5; i++) older.send(messages.json(clock.wallMs()))
      t.match(await older.next('error'), { code: 'CHANNEL_REPLACED', temporary: false })
      t.equal(await older.closed(), 4409)
      await stream(newer, 4)
      endWindow()
      t.match(await newer.next('emotion_update'), { frameCount: 7 }, 'one window for both')
      t.match(await partsOf(id, 1), [{ usable: 7 }])
    })

    t.test('a flush request is answered when the open window is in the log', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id)
      await stream(client, 6)
      t.same(await bus.requestFlush(id, [processId], 5_000), { silent: [] })
      t.match(await windowsOf(id), [{ index: 0, usable: 6 }])
      await stream(client, 4)
      endWindow()
      t.match(mergeFaceWindows(await partsOf(id, 2)), { index: 0, usable: 10 })
    })

    t.test('a wall clock set back opens the window of its new time', async (t) => {
      const { id, startedAt } = await house.startSession()
      const client = await connect(id)
      clock.advance(25_000)
      await stream(client, 2)
      clock.setWall(startedAt + 5_000)
      await stream(client, 2)
      endWindow()
      const windows = await partsOf(id, 2)
      t.match(windows, [
        { index: 2, usable: 2 },
        { index: 0, usable: 2 },
      ])
      t.ok(windows.every(({ startMs, endMs }) => endMs >= startMs))
    })

    t.test('what was learnt of a face outlives the socket', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id)
      await stream(client, 12)
      client.socket.close()
      const baseline = await until('a baseline', () => house.store.log.latest(id, 'baseline.set'))
      t.match(baseline.data, { baseline: { version: 1, frames: 12 } })
    })
  })
}
