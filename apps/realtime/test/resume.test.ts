import { foldFaceWindows } from '@bemore/core'
import { restampFrame } from '@bemore/protocol'
import { createResumingClient } from '@bemore/testing'
import t from 'tap'
import { createEmptyFrame } from './fixtures/frame-bodies.js'
import { openMortalHouse } from './fixtures/mortal-house.js'
import type { TestClient } from './fixtures/test-client.js'
import { until } from './fixtures/until.js'

const body = createEmptyFrame()

t.test('a client that says hello', async (t) => {
  const house = await openMortalHouse(t, { resumeWindowMs: 60_000, pendingPartsLimit: 2 })
  const { clock } = house
  const one = await house.startMortal({ journal: false })
  const two = await house.startMortal({ journal: false })

  const frame = (seq: number, clientTime = clock.wallMs()) => {
    const bytes = body.slice()
    restampFrame(bytes, seq, clientTime)
    return bytes
  }
  const greet = async (client: TestClient, resume: object = {}) => {
    client.send({ type: 'hello', data: { sdk: 'test', clientTime: clock.wallMs(), ...resume } })
    return client.next('ready')
  }
  /** Sends frames `from` to `to`, each 100 ms after the one before, and waits until they are taken. */
  const stream = async (client: TestClient, from: number, to: number) => {
    for (let seq = from; seq <= to; seq++) {
      clock.advance(100)
      client.send(frame(seq))
      await client.count('pong')
    }
  }
  const endWindow = async (process = one) => {
    clock.advance(11_000)
    process.realtime.tick()
    await process.queue.flush()
    process.realtime.tick()
  }
  const windowsOf = async (sessionId: string) =>
    foldFaceWindows(await house.events(sessionId)).map(({ index, frames }) => [index, frames])
  const lastAck = (client: TestClient) =>
    client.received.findLast((message) => message.type === 'ack')?.data

  t.test('is told what is received at once, and what is durable with its window', async (t) => {
    const { id } = await house.startSession()
    const client = await one.connect(id)
    const { epoch } = await client.next('connected')
    const ready = await greet(client)
    t.match(ready, { recovered: false, epoch, generation: 0, ackedSeq: {}, receivedSeq: {} })
    t.equal(ready.credit, 120)
    await stream(client, 0, 31)
    t.match(await client.next('ack'), { channel: 'landmarks', seq: -1, received: 31 })
    one.realtime.tick()
    t.equal(await client.count('ack'), 1, 'nothing is new')
    await endWindow()
    await client.count('pong')
    t.match(lastAck(client), { seq: 31, received: 31 })
    t.same(await windowsOf(id), [[0, 32]])
  })

  t.test('goes on where it was at a process that remembers it', async (t) => {
    const { id } = await house.startSession()
    const first = await one.connect(id)
    const { epoch, generation } = await greet(first)
    await stream(first, 0, 9)
    first.socket.terminate()
    await until(
      'the channel to be free',
      async () => (await house.events(id, 'channel.closed')).length,
    )
    const second = await one.connect(id)
    const resume = { epoch, generation, lastFrameSeq: { landmarks: 9 } }
    t.match(await greet(second, resume), { recovered: true, epoch, receivedSeq: { landmarks: 9 } })
    await stream(second, 5, 14)
    await endWindow()
    t.same(await windowsOf(id), [[0, 15]], 'those sent again count once')
  })

  t.test('on a second socket ends the first, and goes on', async (t) => {
    const { id } = await house.startSession()
    const older = await one.connect(id)
    const { epoch, generation } = await greet(older)
    await stream(older, 0, 4)
    const newer = await one.connect(id)
    t.match(await greet(newer, { epoch, generation }), { recovered: true, epoch })
    t.equal(await older.closed(), 4409)
    await stream(newer, 3, 7)
    await endWindow()
    t.same(await windowsOf(id), [[0, 8]])
  })

  t.test('has late frames counted in the window they were taken in', async (t) => {
    const { id } = await house.startSession()
    const first = await one.connect(id)
    const { epoch, generation } = await greet(first)
    await stream(first, 0, 79)
    const times = Array.from({ length: 40 }, (_, i) => clock.wallMs() + (i + 1) * 100)
    clock.advance(15_000)
    const second = await two.connect(id)
    const ready = await greet(second, { epoch, generation, lastFrameSeq: { landmarks: 79 } })
    t.match(ready, { recovered: true, generation: 1, ackedSeq: {} })
    for (let seq = 0; seq < 80; seq++) second.send(frame(seq, times[0]! - (80 - seq) * 100))
    times.forEach((time, i) => {
      second.send(frame(80 + i, time))
    })
    await second.count('pong')
    await endWindow(two)
    // The first frame was taken at 0.1 s: the hundredth is the first of the second window.
    t.same(await windowsOf(id), [
      [0, 99],
      [1, 21],
    ])
  })

  t.test('may jump in time without a frame leaving its session', async (t) => {
    const { id, startedAt } = await house.startSession()
    const client = await one.connect(id)
    await greet(client)
    for (const [seq, time] of [0, 8e15, clock.wallMs() + 3_600_000, 5].entries()) {
      client.send(frame(seq, time))
    }
    await client.count('pong')
    await endWindow()
    t.same(await windowsOf(id), [[0, 4]])
    clock.setWall(startedAt - 3_600_000)
    client.send(frame(4))
    await client.count('pong')
    clock.setWall(startedAt + 20_000)
    await endWindow()
    t.same(await windowsOf(id), [[0, 5]])
  })

  t.test(
    'has frames taken before a pause counted, and those taken in it accounted for',
    async (t) => {
      const { id } = await house.startSession()
      const camera = await one.connect(id, 'all')
      await greet(camera)
      const before = clock.wallMs()
      clock.advance(1_000)
      camera.send({ type: 'pause' })
      await camera.next('session_paused')
      clock.advance(1_000)
      camera.send(frame(0, before))
      camera.send(frame(1, before + 1_500))
      camera.send({ type: 'resume' })
      const { timestamp } = await camera.next('session_resumed')
      camera.send(frame(2, timestamp - 500))
      clock.advance(100)
      camera.send(frame(3))
      await camera.count('pong')
      await endWindow()
      await camera.count('pong')
      t.match(lastAck(camera), { seq: 3 })
      t.same(await windowsOf(id), [[0, 2]])
    },
  )

  t.test('is told when its epoch is over, and gets a new one', async (t) => {
    const { id } = await house.startSession()
    const first = await one.connect(id)
    const unknown = await greet(first, { epoch: 'never-heard-of', generation: 0 })
    t.match(unknown, { recovered: false, epoch: (await first.next('connected')).epoch })
    first.socket.terminate()
    await until('its end', async () => (await house.events(id, 'channel.closed')).length)
    clock.advance(60_001)
    const second = await one.connect(id)
    const late = await greet(second, { epoch: unknown.epoch, generation: unknown.generation })
    t.match(late, { recovered: false, epoch: (await second.next('connected')).epoch })
  })

  t.test('is asked to come again while the database is away, or goes on from memory', async (t) => {
    const { id } = await house.startSession()
    const known = await one.connect(id)
    const { epoch, generation } = await greet(known)
    await stream(known, 0, 3)
    const stranger = await two.connect(id, 'voice')
    await house.setDatabase(true)
    stranger.send({ type: 'ping' })
    known.socket.terminate()
    clock.advance(30_000)
    house.turn()
    const elsewhere = await two.connect(id)
    elsewhere.send({ type: 'hello', data: { sdk: 'test', epoch, generation } })
    t.match(await elsewhere.next('error'), { code: 'DATABASE_UNREACHABLE', temporary: true })
    t.equal(await elsewhere.closed(), 4303)
    const back = await one.connect(id)
    t.match(await greet(back, { epoch, generation }), { recovered: true, epoch, generation })
    await house.setDatabase(false)
    await endWindow()
    t.same((await windowsOf(id)).length, 1)
  })

  t.test('has no credit while too much of it waits, and is only sampled', async (t) => {
    const { id } = await house.startSession()
    const client = await one.connect(id)
    await greet(client)
    await house.setDatabase(true)
    for (let window = 0; window < 3; window++) {
      await stream(client, window, window)
      clock.advance(11_000)
      one.realtime.tick()
    }
    await client.count('pong')
    t.match(lastAck(client), { credit: 0 })
    for (let seq = 3; seq < 8; seq++) client.send(frame(seq))
    t.match(await client.next('rate'), { maxFps: 0 })
    await house.setDatabase(false)
    await until('what waited to be appended', () => one.queue.size === 0)
    one.realtime.tick()
    await client.count('pong')
    t.ok((lastAck(client)?.credit ?? 0) > 0)
    await endWindow()
    const dropped = foldFaceWindows(await house.events(id)).map((window) => window.dropped)
    t.same(dropped, [0, 0, 0, 4])
  })

  t.test('is told what happened to its session meanwhile', async (t) => {
    const { id } = await house.startSession()
    const control = await one.connect(id, 'session')
    const { eventSeq } = await greet(control)
    const camera = await one.connect(id)
    await greet(camera)
    await stream(camera, 0, 4)
    control.send({ type: 'pause' })
    await control.next('session_paused')
    await one.queue.flush()
    const later = await two.connect(id, 'all')
    await greet(later, { lastEventSeq: eventSeq })
    t.match(await later.next('session_paused'), { status: 'paused' })
    t.match(await later.next('emotion_update'), { window: 0, frameCount: 5 })
  })

  t.test('numbers its frames, in JSON too, and says hello once', async (t) => {
    const { id } = await house.startSession()
    const client = await one.connect(id)
    const bare = { type: 'landmarks', data: [], timestamp: clock.wallMs() }
    client.send({ type: 'hello', data: {} })
    t.match(await client.next('error'), { code: 'MALFORMED_MESSAGE', ref: 'BAD_HELLO' })
    await greet(client)
    client.send({ type: 'hello', data: { sdk: 'test' } })
    t.match(await client.next('error'), { ref: 'HELLO_TWICE' })
    client.send(bare)
    t.match(await client.next('error'), { ref: 'BAD_SEQ' })
    for (const seq of [0, 1, 1]) client.send({ ...bare, seq })
    await client.count('pong')
    await endWindow()
    t.same(await windowsOf(id), [[0, 2]])
  })
})

t.test('the reference client loses nothing to a process that dies', async (t) => {
  const house = await openMortalHouse(t)
  await house.startMortal({ journal: false })
  const { id } = await house.startSession()
  const client = createResumingClient({
    urlOf: (scope) => house.living[0]!.urlOf(id, scope),
    scopes: ['landmarks', 'voice', 'session'],
    now: house.clock.wallMs,
    backoff: { firstMs: 5, maxMs: 20 },
  })
  t.teardown(() => client.close())
  await until('it to be ready', () => client.ready)
  const film = (frames: number) => {
    for (let i = 0; i < frames; i++) {
      house.clock.advance(100)
      client.send(body)
    }
  }
  film(50)
  const [first] = house.living
  await house.startMortal({ journal: false })
  await first!.kill()
  film(30)
  let settled = false
  const done = client.settled().then(() => {
    settled = true
  })
  await until('every frame to be acknowledged', () => {
    house.clock.advance(500)
    house.turn()
    return settled
  })
  await done
  t.match(client.counts, { sent: 80, acked: 80, gaps: 0, recovered: 1 })
  t.equal(await house.countFrames(id), 80)
})
