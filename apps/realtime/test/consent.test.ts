import { createEvent } from '@bemore/core'
import { restampFrame } from '@bemore/protocol'
import fc from 'fast-check'
import t from 'tap'
import { createEmptyFrame } from './fixtures/frame-bodies.js'
import { createLandmarkMessages } from './fixtures/landmark-messages.js'
import { openHouse } from './fixtures/realtime-process.js'
import { streamFrames } from './fixtures/stream-frames.js'
import type { TestClient } from './fixtures/test-client.js'
import { until } from './fixtures/until.js'

const messages = createLandmarkMessages()
const body = createEmptyFrame()

t.test('consent on the wire', async (t) => {
  const house = await openHouse(t, { transport: 'ws' })
  const { clock } = house
  const { realtime, connect, queue } = await house.startProcess()

  const windowsOf = async (id: string) =>
    (await house.events(id, 'face.window')).flatMap((event) =>
      event.type === 'face.window' ? [event.data.window] : [],
    )
  const endWindow = async () => {
    clock.advance(11_000)
    realtime.tick()
    await queue.flush()
  }
  const say = async (client: TestClient, data: object) => {
    client.send({ type: 'consent', data })
    return client.next('consent_status')
  }

  t.test('a withdrawal stops the camera, erases, and is told to all', async (t) => {
    const { id } = await house.startSession('en')
    const camera = await connect(id)
    const session = await connect(id, 'session')
    await streamFrames(clock, camera, 5, messages.binary)
    await endWindow()
    await until('a window', async () => (await windowsOf(id)).length === 1)
    await streamFrames(clock, camera, 5, messages.binary)
    t.match(await say(session, { face: false }), {
      ...{ face: 'withdrawn', voice: 'assumed', text: 'assumed' },
      context: 'counselling',
    })
    t.match(await camera.next('consent_status'), { face: 'withdrawn' })
    const measured = await camera.count('affect')
    await streamFrames(clock, camera, 3, messages.binary)
    await streamFrames(clock, camera, 3, messages.json)
    t.match(await camera.next('error'), { code: 'CONSENT_WITHDRAWN', ref: 'face' })
    t.equal(await camera.count('error'), 1, 'not with every frame')
    t.equal(await camera.count('affect'), measured)
    await endWindow()
    t.same(await windowsOf(id), [], 'neither what was stored nor what was open')

    t.match(await say(session, { face: true }), { face: 'granted' })
    clock.advance(1_000)
    await streamFrames(clock, camera, 4, messages.binary)
    await endWindow()
    await until('a window of the new consent', async () => (await windowsOf(id)).length === 1)
    t.equal((await windowsOf(id))[0]?.frames, 4)
  })

  t.test('numbered frames without consent are acknowledged, and leave nothing', async (t) => {
    const { id } = await house.startSession()
    const camera = await connect(id)
    camera.send({ type: 'hello', data: { sdk: 'test', clientTime: clock.wallMs() } })
    await camera.next('ready')
    const stream = async (from: number, to: number, ageMs = 0) => {
      for (let seq = from; seq <= to; seq++) {
        clock.advance(100)
        const bytes = body.slice()
        restampFrame(bytes, seq, clock.wallMs() - ageMs)
        camera.send(bytes)
        await camera.count('pong')
      }
    }
    const session = await connect(id, 'session')
    await stream(0, 4)
    await say(session, { face: false })
    await stream(5, 9)
    await endWindow()
    realtime.tick()
    await camera.count('pong')
    const last = camera.received.findLast(({ type }) => type === 'ack')
    t.match(last?.data, { seq: 9, received: 9 })
    await say(session, { face: true })
    await stream(10, 12, 10_000)
    await endWindow()
    t.same(await windowsOf(id), [], 'what was taken before the new consent is not covered by it')
  })

  t.test('a message that is no consent is malformed, an empty one asks', async (t) => {
    const { id } = await house.startSession()
    const session = await connect(id, 'session')
    t.match(await say(session, {}), { face: 'assumed' })
    session.send({ type: 'consent', data: { face: 'yes' } })
    t.match(await session.next('error'), { code: 'MALFORMED_MESSAGE', ref: 'BAD_CONSENT' })
  })

  t.test('nothing of a refused face reaches the log, whatever is sent', async (t) => {
    const step = fc.constantFrom('binary', 'json', 'window', 'pause')
    const holds = await fc.check(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const { id } = await house.startSession()
        const data = { modality: 'face', decision: 'refused', noticeVersion: '1' } as const
        await house.store.log.transact(id, 'test', () => [
          createEvent('consent.recorded', clock.wallMs(), { ...data, source: 'client' }),
        ])
        const client = await connect(id, 'all')
        for (const each of steps) {
          if (each === 'window') await endWindow()
          else if (each === 'pause') client.send({ type: 'pause' })
          else await streamFrames(clock, client, 2, messages[each])
        }
        client.socket.close()
        await client.closed()
        await endWindow()
        const types = (await house.events(id)).map(({ type }) => type)
        return !types.some((type) => type.startsWith('face.') || type.startsWith('baseline.'))
      }),
      { numRuns: 15 },
    )
    t.equal(holds.failed, false, JSON.stringify(holds.counterexample))
  })
})

t.test('the deployment decides before the person does', async (t) => {
  const house = await openHouse(t, { transport: 'ws' })
  for (const [overrides, code] of [
    [{ deploymentContext: 'education' }, 'CONTEXT_FORBIDS'],
    [{ consentDefault: 'required' }, 'CONSENT_REQUIRED'],
  ] as const) {
    const { connect } = await house.startProcess(overrides)
    const { id } = await house.startSession('en')
    const camera = await connect(id)
    await streamFrames(house.clock, camera, 2, messages.binary)
    t.match(await camera.next('error'), { code, temporary: false })
    t.equal(await camera.count('affect'), 0)
  }
})
