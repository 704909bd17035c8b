import { createVoiceFrame, encodeVoiceFrame } from '@bemore/protocol'
import { createSimulatedVoice } from '@bemore/testing'
import t from 'tap'
import { openHouse } from './fixtures/realtime-process.js'
import type { TestClient } from './fixtures/test-client.js'
import { until } from './fixtures/until.js'

const CHUNK_MS = 100
const SPOKEN = createSimulatedVoice({
  // A breath near the microphone is as loud as speech, and would cut the pause in two.
  breathDb: -60,
  script: [{ speakMs: 2_000, f0: 140 }, { pauseMs: 800 }, { speakMs: 2_200, f0: 150 }],
})

t.test('voice over a socket', async (t) => {
  const house = await openHouse(t, { transport: 'uws', voiceFps: 1_000 })
  const { clock } = house
  const process = await house.startProcess()
  const windowsOf = async (sessionId: string) => {
    await process.queue.flush()
    return (await house.events(sessionId, 'voice.window')).flatMap((event) =>
      event.type === 'voice.window' ? [event.data] : [],
    )
  }
  /** Speaks in real time, on the test's clock. */
  const speak = async (client: TestClient, firstSeq = 0) => {
    let seq = firstSeq
    for (const { samples } of SPOKEN.chunks(CHUNK_MS)) {
      const frame = { ...createVoiceFrame(), samples, sampleCount: samples.length }
      client.send(encodeVoiceFrame({ ...frame, seq: seq++, clientTimeMs: clock.wallMs() }))
      await client.count('pong')
      clock.advance((samples.length / SPOKEN.sampleRate) * 1000)
    }
    return seq
  }

  t.test('a spoken sentence with a pause in it is told as one', async (t) => {
    const { id } = await house.startSession('en')
    const client = await process.connect(id, 'voice')
    await speak(client)
    clock.advance(10_000)
    process.realtime.tick()
    const analysis = await client.next('vad_analysis')
    t.ok(analysis.speechRatio > 0.5 && analysis.speechRatio < 1, String(analysis.speechRatio))
    t.equal(analysis.pauseCount, 1)
    t.ok(Math.abs(analysis.longestPause - 800) < 250, String(analysis.longestPause))
    t.match(analysis.summary, /\w/)
    const [event] = await windowsOf(id)
    t.match(event?.window, { index: 0, source: 'pcm', frames: 50, rejected: 0, dropped: 0 })
    t.notMatch(JSON.stringify(event), /samples/)
  })

  t.test('numbered voice is acknowledged when its window is durable', async (t) => {
    const { id } = await house.startSession('en')
    const client = await process.connect(id, 'voice')
    client.send({ type: 'hello', data: { sdk: 'test', clientTime: clock.wallMs() } })
    t.match(await client.next('ready'), { recovered: false })
    const sent = await speak(client)
    clock.advance(12_000)
    process.realtime.tick()
    await until('the last frame to be acknowledged', () => {
      process.realtime.tick()
      return client.received.some(
        (message) =>
          message.type === 'ack' &&
          message.data.channel === 'voice' &&
          message.data.seq === sent - 1,
      )
    })
    const [event] = await windowsOf(id)
    t.match(event?.frames, { generation: 0, from: 0, to: sent - 1 })
  })

  t.test('an epoch of voice and landmarks on one socket goes on after a reconnect', async (t) => {
    const { id } = await house.startSession('en')
    const first = await process.connect(id, 'all')
    first.send({ type: 'hello', data: { sdk: 'test', clientTime: clock.wallMs() } })
    const { epoch, generation } = await first.next('ready')
    const sent = await speak(first)
    first.socket.terminate()
    const second = await process.connect(id, 'all')
    const lastFrameSeq = { voice: sent - 1 }
    second.send({ type: 'hello', data: { sdk: 'test', epoch, generation, lastFrameSeq } })
    t.match(await second.next('ready'), { recovered: true, receivedSeq: { voice: sent - 1 } })
  })

  t.test('what a client says of speech it detects itself is counted', async (t) => {
    const { id } = await house.startSession('en')
    const client = await process.connect(id, 'voice')
    for (const isSpeech of [true, false, true, false]) {
      const data = { isSpeech, timestamp: clock.wallMs() }
      client.send({ type: isSpeech ? 'voice_activity' : 'vad_result', data })
      await client.count('pong')
      clock.advance(1_000)
    }
    clock.advance(10_000)
    process.realtime.tick()
    t.match(await client.next('vad_analysis'), { pauseCount: 1, speechBurstCount: 2 })
    t.match((await windowsOf(id))[0]?.window, { source: 'client', arousal: null })
    client.send({ type: 'voice_activity', data: { isSpeech: 'yes' } })
    t.match(await client.next('error'), { code: 'MALFORMED_MESSAGE', ref: 'BAD_VOICE_ACTIVITY' })
  })

  t.test('sound that is on its way for a while makes no more parts of a window', async (t) => {
    const { id } = await house.startSession('en')
    const client = await process.connect(id, 'voice')
    const late: Uint8Array[] = []
    let seq = 0
    for (let spoken = 0; spoken < 22_000; spoken += CHUNK_MS) {
      const samples = new Int16Array(1_600).map((_, i) => 2_000 * Math.sin(i / 12))
      const frame = { ...createVoiceFrame(), samples, sampleCount: samples.length }
      late.push(encodeVoiceFrame({ ...frame, seq: seq++, clientTimeMs: clock.wallMs() }))
      // The first at once, so that the way is known; then four frames behind.
      const due = spoken === 0 || late.length > 4 ? late.shift() : undefined
      if (due !== undefined) client.send(due)
      await client.count('pong')
      clock.advance(CHUNK_MS)
      process.realtime.tick()
    }
    t.equal((await windowsOf(id)).length, 2)
  })

  t.test('voice of a pause is not heard, and a broken frame costs itself', async (t) => {
    const { id } = await house.startSession('en')
    const client = await process.connect(id, 'voice')
    const control = await process.connect(id, 'session')
    client.send(new Uint8Array([1, 3, 0, 0, 9]))
    t.match(await client.next('error'), { code: 'MALFORMED_MESSAGE', ref: 'TRUNCATED' })
    control.send({ type: 'pause' })
    await control.next('session_paused')
    await speak(client)
    control.send({ type: 'resume' })
    await control.next('session_resumed')
    clock.advance(10_000)
    process.realtime.tick()
    t.same(
      (await windowsOf(id)).map(({ window }) => window.heardMs),
      [0],
    )
    t.equal(await client.count('vad_analysis'), 0, 'nothing was heard, so there is nothing to say')
  })

  t.test('a voice heard by another process is part of the estimate here', async (t) => {
    const other = await house.startProcess()
    const { id } = await house.startSession('en')
    const voice = await other.connect(id, 'voice')
    const control = await process.connect(id, 'session')
    voice.send({ type: 'stt_text', data: { text: 'I am so happy today, it was wonderful' } })
    await voice.next('stt_received')
    await other.queue.flush()
    await until('the words to be known here', () => (control.received.length > 0 ? true : null))
    t.equal((await house.events(id, 'text.utterance')).length, 1)
  })
})
