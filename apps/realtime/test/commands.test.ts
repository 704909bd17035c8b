import { createEvent } from '@bemore/core'
import t from 'tap'
import { createLandmarkMessages } from './fixtures/landmark-messages.js'
import { openHouse } from './fixtures/realtime-process.js'
import { refusedUpgrade } from './fixtures/test-client.js'
import { until } from './fixtures/until.js'

const messages = createLandmarkMessages()

for (const transport of ['uws', 'ws'] as const) {
  t.test(`commands over ${transport}`, async (t) => {
    const house = await openHouse(t, { transport })
    const process = await house.startProcess()

    t.test('pause and resume are answered to who asked, and told to all', async (t) => {
      const { id } = await house.startSession()
      const control = await process.connect(id, 'session')
      const voice = await process.connect(id, 'voice')
      control.send({ type: 'pause' })
      t.match(await control.next('pause_success'), { sessionId: id, status: 'paused' })
      t.match(await control.next('session_paused'), { sessionId: id, status: 'paused' })
      t.match(await voice.next('session_paused'), { status: 'paused' })
      control.send({ type: 'resume' })
      t.match(await control.next('resume_success'), { status: 'active' })
      t.match(await voice.next('session_resumed'), { status: 'active' })
      t.equal(await voice.count('pause_success'), 0)
    })

    t.test('a repeated command changes nothing and is no error', async (t) => {
      const { id } = await house.startSession()
      const control = await process.connect(id, 'all')
      control.send({ type: 'pause' })
      control.send({ type: 'pause' })
      await control.next('pause_success')
      t.match(await control.next('pause_success'), { status: 'paused' })
      t.equal((await house.events(id, 'session.paused')).length, 1)
      t.equal(await control.count('session_paused'), 1)
    })

    t.test('status is told to who asks', async (t) => {
      const { id, startedAt } = await house.startSession()
      const control = await process.connect(id, 'session')
      house.clock.advance(1_234)
      control.send({ type: 'get_status' })
      const expected = { sessionId: id, status: 'active', startedAt, elapsedMs: 1_234 }
      t.match(await control.next('status_update'), expected)
    })

    t.test('the end appends the open window, tells all and closes with 1000', async (t) => {
      const { id } = await house.startSession()
      const control = await process.connect(id, 'session')
      const camera = await process.connect(id, 'landmarks')
      camera.send(messages.json(house.clock.wallMs()))
      await camera.next('affect')
      control.send({ type: 'end' })
      t.match(await control.next('end_success'), { status: 'ended' })
      t.match(await control.next('session_ended'), { status: 'ended', reason: 'client' })
      t.match(await camera.next('session_ended'), { status: 'ended' })
      t.equal(await control.closed(), 1000)
      t.equal(await camera.closed(), 1000)
      await until(
        'the channels to be closed in the log',
        async () => (await house.store.log.openChannels(id)).length === 0,
      )
      const types = (await house.events(id)).map(({ type }) => type)
      t.ok(types.includes('face.window'))
      t.same(types.slice(-2), ['channel.closed', 'channel.closed'])
      t.match(await refusedUpgrade(process.urlOf(id)), { status: 410 }, 'known from memory')
    })

    t.test('a session ended elsewhere ends here', async (t) => {
      const { id } = await house.startSession()
      const camera = await process.connect(id)
      await house.store.log.transact(id, 'elsewhere', () => [
        createEvent('session.ended', house.clock.wallMs(), { reason: 'abandoned' }),
      ])
      t.match(await camera.next('session_ended'), { reason: 'abandoned' })
      t.equal(await camera.closed(), 1000)
    })

    t.test('a deleted session closes its sockets and keeps nothing', async (t) => {
      const { id } = await house.startSession()
      const camera = await process.connect(id)
      camera.send(messages.json(house.clock.wallMs()))
      await camera.next('affect')
      await house.store.erasure.session(id)
      t.match(await camera.next('error'), { code: 'SESSION_NOT_FOUND', temporary: false })
      t.equal(await camera.closed(), 4404)
      await process.queue.flush()
      t.same(await house.events(id), [])
      t.match(await refusedUpgrade(process.urlOf(id)), { status: 404 })
    })

    t.test('commands belong to the session channel', async (t) => {
      const { id } = await house.startSession('en')
      const voice = await process.connect(id, 'voice')
      for (const type of ['pause', 'request_ai_response', 'landmarks']) {
        voice.send({ type })
        t.match(await voice.next('error'), {
          code: 'UNKNOWN_MESSAGE_TYPE',
          message: 'This channel does not take such a message.',
          ref: type,
        })
      }
      const camera = await process.connect(id, 'landmarks')
      camera.send({ type: 'end' })
      t.match(await camera.next('error'), { code: 'UNKNOWN_MESSAGE_TYPE', ref: 'end' })
      t.equal((await house.store.sessions.get(id))?.status, 'active')
    })
  })
}
