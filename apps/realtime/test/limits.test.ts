import t from 'tap'
import { createLandmarkMessages } from './fixtures/landmark-messages.js'
import { openHouse } from './fixtures/realtime-process.js'
import { until } from './fixtures/until.js'

const messages = createLandmarkMessages()

for (const transport of ['uws', 'ws'] as const) {
  t.test(`limits over ${transport}`, async (t) => {
    const house = await openHouse(t, { transport })
    const { clock } = house
    const process = await house.startProcess()
    const { realtime, connect } = process

    t.test('what cannot be read costs the message, and the client is told why', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id, 'all')
      const nonsense: [string | Uint8Array, string][] = [
        ['not json', 'NOT_JSON'],
        ['[1,2,3]', 'NO_TYPE'],
        ['{"data":{}}', 'NO_TYPE'],
        [Uint8Array.of(9, 1, 0), 'BAD_VERSION'],
        [Uint8Array.of(1, 99, 0), 'UNKNOWN_KIND'],
      ]
      for (const [message, ref] of nonsense) {
        client.send(message)
        t.match(await client.next('error'), { code: 'MALFORMED_MESSAGE', ref, temporary: false })
      }
      t.equal(await client.count('pong'), 1, 'and the socket goes on')
    })

    t.test('replies to nonsense are limited, and too much of it ends the socket', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id, 'landmarks')
      const garbage = 'x'.repeat(5_000)
      for (let i = 0; i < 99; i++) client.send(garbage)
      t.equal(await client.count('error'), 5)
      client.send(garbage)
      const last = await until('the last word', () =>
        client.received.find(
          (message) => message.type === 'error' && message.data.code === 'TOO_MANY_MALFORMED',
        ),
      )
      t.match(last, { data: { temporary: false } })
      t.equal(await client.closed(), 4400)
    })

    t.test('nonsense that is spread over time does not', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id, 'landmarks')
      for (let round = 0; round < 4; round++) {
        for (let i = 0; i < 60; i++) client.send('x'.repeat(5_000))
        t.equal(await client.count('pong'), round + 1)
        clock.advance(11_000)
      }
    })

    t.test('a message above the limit is answered and closes with 4413', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id)
      client.send('x'.repeat(131_073))
      t.match(await client.next('error'), { code: 'MESSAGE_TOO_LARGE', temporary: false })
      t.equal(await client.closed(), 4413)
    })

    t.test('a message far above the limit ends the socket without a word', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id)
      client.send(new Uint8Array(1_000_000))
      const code = await client.closed()
      t.ok([1006, 1009].includes(code), `${code}: the engine's word, not ours`)
      await until(
        'the socket to be forgotten',
        async () => (await house.store.log.openChannels(id)).length === 0,
      )
    })

    t.test('frames above the rate are dropped and counted, and the client is told', async (t) => {
      const slow = await house.startProcess({ landmarkFps: 5 })
      const { id } = await house.startSession()
      const client = await slow.connect(id)
      for (let i = 0; i < 25; i++) client.send(messages.binary(clock.wallMs() + i))
      t.match(await client.next('rate'), { channel: 'landmarks', maxFps: 5 })
      t.equal(await client.count('rate'), 1, 'once a second at most')
      clock.advance(10_000)
      slow.realtime.tick()
      t.match(await client.next('emotion_update'), { frameCount: 25 })
      const [event] = await house.events(id, 'face.window')
      t.match(event?.data, { window: { usable: 10, dropped: 15 } })
    })

    t.test('control messages above the rate are dropped', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id, 'session')
      for (let i = 0; i < 60; i++) client.send({ type: 'get_status' })
      t.match(await client.next('rate'), { channel: 'session', maxFps: 20 })
      clock.advance(1_000)
      t.equal(await client.count('status_update'), 40)
    })

    t.test('a flood at more than ten times the limit closes with 4329', async (t) => {
      const tight = await house.startProcess({ landmarkFps: 2 })
      const { id } = await house.startSession()
      const client = await tight.connect(id)
      for (let i = 0; i < 120; i++) client.send(messages.binary(clock.wallMs()))
      t.match(await client.next('error'), { code: 'RATE_LIMITED', temporary: true })
      t.equal(await client.closed(), 4329)
    })

    t.test('a client that does not read is closed with 4308', async (t) => {
      const chatty = await house.startProcess({ controlPerSecond: 1_000, idleTimeoutMs: 600_000 })
      const { id } = await house.startSession()
      const client = await chatty.connect(id, 'session')
      client.socket.pause()
      // More than the kernel takes for both ends together, in answers to small questions.
      await until('the channel to be closed in the log', async () => {
        for (let i = 0; i < 2_000; i++) client.send('{"type":"get_status"}')
        clock.advance(2_000)
        chatty.realtime.sweep()
        return (await house.events(id, 'channel.closed')).length > 0
      })
      client.socket.resume()
      t.equal(await client.closed(), 4308)
      const last = client.received.at(-1)
      t.match(last, { type: 'error', data: { code: 'SLOW_CONSUMER', temporary: true } })
    })

    t.test('the server pings on its own clock, and an answer is a sign of life', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id, 'voice')
      let pings = 0
      client.socket.on('ping', () => {
        pings += 1
      })
      for (let round = 1; round <= 5; round++) {
        clock.advance(20_000)
        realtime.sweep()
        await until('a ping', () => pings === round)
        // The pong went out before this; its order on the wire is kept.
        await client.count('pong')
      }
      t.equal(client.socket.readyState, client.socket.OPEN)
    })

    t.test('a client that shows no sign of life is closed with 4312', async (t) => {
      const { id } = await house.startSession()
      const client = await connect(id, 'voice')
      clock.advance(45_000)
      realtime.sweep()
      t.equal(await client.count('error'), 0, 'not yet')
      clock.advance(45_001)
      realtime.sweep()
      t.match(await client.next('error'), { code: 'NO_SIGN_OF_LIFE', temporary: true })
      t.equal(await client.closed(), 4312)
    })
  })
}
