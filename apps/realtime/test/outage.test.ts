import { createTcpProxy } from '@bemore/testing'
import t from 'tap'
import { createLandmarkMessages } from './fixtures/landmark-messages.js'
import { openHouse } from './fixtures/realtime-process.js'
import { streamFrames } from './fixtures/stream-frames.js'
import { refusedUpgrade } from './fixtures/test-client.js'
import { until } from './fixtures/until.js'

const messages = createLandmarkMessages()
const QUICK = { connectTimeoutMs: 500, statementTimeoutMs: 500, poolWaitMs: 500 }

/** A house whose one process reaches the database through a proxy that can fail. */
async function openFragileHouse(t: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(t, { transport: 'uws', ...QUICK, maxUpgradesPending: 1 })
  const { hostname, port } = new URL(house.databaseUrl)
  const proxy = await createTcpProxy({ host: hostname, port: Number(port) })
  t.teardown(() => proxy.close())
  const process = await house.startProcess({ databaseUrl: proxy.through(house.databaseUrl) })
  const lose = async () => {
    await proxy.refuse()
    proxy.cut()
    await process.realtime.checkDatabase()
  }
  const restore = async () => {
    await proxy.accept()
    await until('the database to be back', async () => {
      await process.realtime.checkDatabase()
      return process.health.snapshot().causes.every(({ code }) => !code.startsWith('DATABASE_'))
    })
  }
  return { house, process, proxy, lose, restore }
}

t.test('while the database is away', async (t) => {
  const { house, process, lose, restore } = await openFragileHouse(t)
  const { clock } = house
  const { id } = await house.startSession('en')
  const stranger = await house.startSession()
  const camera = await process.connect(id, 'landmarks')
  await streamFrames(clock, camera, 3, messages.json)
  await process.queue.flush()
  await lose()

  t.test('frames go on, and users are told of their windows', async (t) => {
    await streamFrames(clock, camera, 3, messages.json)
    clock.advance(10_000)
    process.realtime.tick()
    t.equal(await camera.count('emotion_update'), 0, 'first it is tried')
    clock.advance(1_500)
    process.realtime.tick()
    t.match(await camera.next('emotion_update'), { frameCount: 6, window: 0 })
  })

  t.test('a session that is known here opens, one that is not is refused with 503', async (t) => {
    const voice = await process.connect(id, 'voice')
    t.equal(await voice.count('pong'), 1)
    const refused = await refusedUpgrade(process.urlOf(stranger.id))
    t.match(refused, { status: 503, code: 'DATABASE_UNREACHABLE', temporary: true })
    t.ok(Number(refused.headers['retry-after']) >= 1)
  })

  t.test('a command fails with what is wrong and when to try again', async (t) => {
    const control = await process.connect(id, 'session')
    control.send({ type: 'pause' })
    t.match(await control.next('error'), {
      code: 'DATABASE_UNREACHABLE',
      temporary: true,
      retryAfterMs: 2_000,
    })
  })

  t.test('health says so, and stays ready for those who are here', async (t) => {
    const health = await fetch(`${process.httpUrl}/health`)
    t.equal(health.status, 200)
    t.match(await health.json(), { status: 'degraded', causes: [{ code: 'DATABASE_UNREACHABLE' }] })
    t.equal((await fetch(`${process.httpUrl}/livez`)).status, 200)
  })

  t.test('when it is back everything is in the log, in order and once', async (t) => {
    await restore()
    await until('the queue to empty', () => process.queue.size === 0)
    const windows = await house.events(id, 'face.window')
    t.match(windows, [{ data: { window: { index: 0, frames: 6 } } }])
    t.equal((await house.events(id, 'channel.opened')).length, 3)
    t.match(await (await fetch(`${process.httpUrl}/health`)).json(), { status: 'ok' })
    t.ok(await process.connect(stranger.id))
    t.equal(await camera.count('emotion_update'), 1, 'nobody is told twice')
  })
})

t.test('handshakes wait for a hanging database, but only so many, and not for ever', async (t) => {
  const { house, process, proxy } = await openFragileHouse(t)
  const sessions = [await house.startSession(), await house.startSession()]
  proxy.swallow()
  const refused = await Promise.all(sessions.map(({ id }) => refusedUpgrade(process.urlOf(id))))
  const [full, late] = refused.sort((a, b) => a.status - b.status)
  t.match(full, { status: 429, code: 'SERVER_FULL', temporary: true })
  t.match(late, { status: 503, code: /^DATABASE_/, temporary: true })
})
