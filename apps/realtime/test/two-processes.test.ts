import { createEvent, foldReport, mergeFaceWindows, type NewSessionEvent } from '@bemore/core'
import { createVoiceFrame, encodeVoiceFrame, type SocketScope } from '@bemore/protocol'
import { createSimulatedVoice } from '@bemore/testing'
import t from 'tap'
import { createLandmarkMessages } from './fixtures/landmark-messages.js'
import { openHouse } from './fixtures/realtime-process.js'
import { streamFrames } from './fixtures/stream-frames.js'
import { until } from './fixtures/until.js'

const messages = createLandmarkMessages()
const SPOKEN = createSimulatedVoice({ script: [{ speakMs: 2_000 }], breathDb: -60 })
const SAID = [
  ['voice', '저는 하는 일마다 실패해요. 역시 나는 실패자예요.'],
  ['session', '오늘은 산책을 했어요'],
] as const

t.test('a session on two processes', async (t) => {
  const house = await openHouse(t, { transport: 'uws' })
  const { clock } = house
  const [one, two] = [await house.startProcess(), await house.startProcess()]
  const partsOf = (sessionId: string, count: number) =>
    until(`${count} parts`, async () => {
      const events = await house.events(sessionId, 'face.window')
      return events.length === count
        ? events.flatMap((event) => (event.type === 'face.window' ? [event.data] : []))
        : null
    })

  t.test('a command on one reaches the sockets of the other', async (t) => {
    const { id } = await house.startSession()
    const camera = await one.connect(id, 'landmarks')
    const control = await two.connect(id, 'session')
    await streamFrames(clock, camera, 5, messages.json)
    control.send({ type: 'pause' })
    t.match(await camera.next('session_paused'), { status: 'paused' })
    t.match(await camera.next('emotion_update'), { frameCount: 5 })
    await streamFrames(clock, camera, 5, messages.json)
    control.send({ type: 'end' })
    t.equal(await camera.closed(), 1000)
    t.equal(await control.closed(), 1000)
    t.match(await partsOf(id, 1), [{ processId: one.processId, window: { usable: 5 } }])
    await until(
      'no channel to be left open',
      async () => (await house.store.log.openChannels(id)).length === 0,
    )
  })

  t.test('its three sockets split over both give the report of one', async (t) => {
    const runSession = async (place: Record<'landmarks' | 'voice' | 'session', typeof one>) => {
      const messages = createLandmarkMessages()
      const { id } = await house.startSession()
      const connect = (channel: SocketScope & keyof typeof place) =>
        place[channel].connect(id, channel)
      const camera = await connect('landmarks')
      const voice = await connect('voice')
      const control = await connect('session')
      await streamFrames(clock, camera, 40, messages.json)
      for (const { samples } of SPOKEN.chunks(100)) {
        const frame = { ...createVoiceFrame(), samples, sampleCount: samples.length }
        voice.send(encodeVoiceFrame({ ...frame, seq: 0, clientTimeMs: clock.wallMs() }))
        await voice.count('pong')
        await streamFrames(clock, camera, 1, messages.json)
      }
      for (const [channel, text] of SAID) {
        const client = channel === 'voice' ? voice : control
        client.send({ type: 'stt_text', data: { id: `said-${channel}`, text } })
        await voice.next('stt_received')
      }
      await streamFrames(clock, camera, 120 - 40 - 20, messages.json)
      control.send({ type: 'pause' })
      await camera.next('session_paused')
      await streamFrames(clock, camera, 5, messages.json)
      control.send({ type: 'resume' })
      await camera.next('session_resumed')
      await streamFrames(clock, camera, 30, messages.json)
      control.send({ type: 'end' })
      await camera.closed()
      const channels = () => house.store.log.openChannels(id)
      await until('every channel to be closed', async () => (await channels()).length === 0)
      const report = foldReport(await house.events(id), 'en')
      if (report === null) throw new Error('no report')
      const untimed = <Entry extends object>(entries: readonly Entry[]) =>
        entries.map((entry) => ({ ...entry, timestamp: 0 }))
      const { sessionId, seq, startedAt, endedAt, pauses, ...rest } = report
      return {
        ...rest,
        timeline: untimed(report.timeline),
        vadTimeline: untimed(report.vadTimeline),
        utterances: untimed(report.utterances),
        interventions: untimed(report.interventions),
      }
    }
    const together = await runSession({ landmarks: one, voice: one, session: one })
    t.equal(together.dataQuality.frames, 150, 'all frames but those of the pause')
    t.same(await runSession({ landmarks: two, voice: one, session: one }), together)
    t.same(await runSession({ landmarks: one, voice: two, session: two }), together)
  })

  t.test('a channel taken for dead by another process is opened again', async (t) => {
    const { id } = await house.startSession()
    await one.connect(id, 'landmarks')
    const channels = () => house.store.log.openChannels(id)
    const [taken] = await until('the channel', async () => {
      const open = await channels()
      return open.length === 1 ? open : null
    })
    if (taken === undefined) throw new Error('no channel')
    const { channel, connectionId, processId } = taken
    const data = { channel, connectionId, processId, code: 0 }
    const event = createEvent('channel.closed', clock.wallMs(), data)
    await house.store.log.append([{ sessionId: id, event, producer: 'reaper', producerSeq: 1 }])
    await until('it to be open again', async () => {
      const opened = await house.events(id, 'channel.opened')
      return opened.length === 2 && (await channels()).length === 1
    })
    t.same((await channels())[0], taken)
  })

  t.test('a newer connection on the other process replaces the older here', async (t) => {
    const { id } = await house.startSession()
    const older = await one.connect(id, 'landmarks')
    await streamFrames(clock, older, 4, messages.json)
    const newer = await two.connect(id, 'landmarks')
    t.match(await older.next('error'), { code: 'CHANNEL_REPLACED', temporary: false })
    t.equal(await older.closed(), 4409)
    await streamFrames(clock, newer, 6, messages.json)
    t.same(await two.bus.requestFlush(id, [one.processId, two.processId], 5_000), { silent: [] })
    const parts = await partsOf(id, 2)
    t.same(
      parts.map(({ processId }) => processId),
      [one.processId, two.processId],
    )
    t.match(mergeFaceWindows(parts.map(({ window }) => window)), { index: 0, usable: 10 })
    t.equal(newer.socket.readyState, newer.socket.OPEN)
  })

  t.test('nobody gives way to a connection that was over before it was heard of', async (t) => {
    const { id } = await house.startSession()
    const client = await one.connect(id, 'voice')
    await until(
      'its own opening',
      async () => (await house.store.log.openChannels(id)).length === 1,
    )
    const dead = { channel: 'voice', connectionId: 'dead', processId: two.processId } as const
    const keyed = (event: NewSessionEvent, producerSeq: number) => ({
      ...{ sessionId: id, event, producer: 'dead', producerSeq },
    })
    await house.store.log.append([
      keyed(createEvent('channel.opened', clock.wallMs(), dead), 1),
      keyed(createEvent('channel.closed', clock.wallMs(), { ...dead, code: 1006 }), 2),
    ])
    const control = await one.connect(id, 'session')
    control.send({ type: 'pause' })
    await client.next('session_paused')
    t.equal(client.socket.readyState, client.socket.OPEN)
  })

  t.test('of two that open at once exactly one stays', async (t) => {
    for (let round = 0; round < 5; round++) {
      const { id } = await house.startSession()
      const clients = await Promise.all([one.connect(id, 'voice'), two.connect(id, 'voice')])
      await until(
        'one channel in the log',
        async () =>
          (await house.store.log.openChannels(id)).length === 1 &&
          (await house.events(id, 'channel.closed')).length === 1,
      )
      const open = clients.filter(({ socket }) => socket.readyState === socket.OPEN)
      t.equal(open.length, 1)
    }
  })

  t.test('what one process learnt of a face the other goes on with', async (t) => {
    const { id } = await house.startSession()
    const first = await one.connect(id, 'landmarks')
    await streamFrames(clock, first, 8, messages.json)
    first.socket.close()
    await until('a baseline', () => house.store.log.latest(id, 'baseline.set'))
    const second = await two.connect(id, 'landmarks')
    await streamFrames(clock, second, 3, messages.json)
    second.socket.close()
    await until('a longer baseline', async () => {
      const event = await house.store.log.latest(id, 'baseline.set')
      return event?.type === 'baseline.set' && event.data.baseline.frames === 11
    })
    t.equal((await house.events(id, 'baseline.set')).length, 2)
  })
})
