import { createSessionId } from '@bemore/store'
import t from 'tap'
import { openHouse } from './fixtures/realtime-process.js'
import { connectClient, refusedUpgrade } from './fixtures/test-client.js'
import { until } from './fixtures/until.js'

for (const transport of ['uws', 'ws'] as const) {
  t.test(`upgrades over ${transport}`, async (t) => {
    const house = await openHouse(t, { transport })
    const process = await house.startProcess()
    const base = process.httpUrl.replace('http', 'ws')

    t.test('every path of a session opens and says what it serves, first of all', async (t) => {
      const { id } = await house.startSession()
      const paths = {
        [`/ws/landmarks/${id}`]: 'landmarks',
        [`/ws/voice/${id}`]: 'voice',
        [`/ws/session?sessionId=${id}`]: 'session',
      }
      for (const [path, channel] of Object.entries(paths)) {
        const client = await connectClient(t, `${base}${path}`)
        const connected = await client.next('connected')
        t.equal(client.received[0]?.type, 'connected')
        t.match(connected, { channel, sessionId: id, status: 'active' })
        t.match(connected.limits, { maxMessageBytes: 131_072, landmarkFramesPerSecond: 60 })
        t.equal(await client.count('pong'), 1, 'a ping is answered on every channel')
      }
      const other = await house.startSession()
      const multiplexed = await connectClient(t, `${base}/ws/${other.id}`)
      t.match(await multiplexed.next('connected'), { channel: 'all' })
      await until(
        'all channels in the log',
        async () => (await house.store.log.openChannels(other.id)).length === 3,
      )
    })

    t.test('only our own subprotocol is echoed, and never a token', async (t) => {
      const { id } = await house.startSession()
      const url = process.urlOf(id)
      const offered = ['bemore.token.secret', 'bemore.v1']
      t.equal((await connectClient(t, url, offered)).socket.protocol, 'bemore.v1')
      t.equal((await connectClient(t, url)).socket.protocol, '')
    })

    t.test('a session that is not there is refused, in the language of the browser', async (t) => {
      const unknown = await refusedUpgrade(process.urlOf(createSessionId()), {
        'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8',
      })
      t.match(unknown, {
        status: 404,
        code: 'SESSION_NOT_FOUND',
        message: '세션을 찾을 수 없습니다.',
        temporary: false,
      })
      t.match(await refusedUpgrade(process.urlOf('sess_short')), {
        status: 404,
        code: 'SESSION_NOT_FOUND',
        message: 'There is no such session.',
      })
      t.match(await refusedUpgrade(`${base}/other/path`), { status: 404, code: 'ROUTE_NOT_FOUND' })
    })

    t.test('an ended session is gone', async (t) => {
      const { id } = await house.startSession()
      await house.store.log.transact(id, 'test', () => [
        { type: 'session.ended', at: house.clock.wallMs(), data: { reason: 'client' } },
      ])
      t.match(await refusedUpgrade(process.urlOf(id)), {
        status: 410,
        code: 'SESSION_ENDED',
        temporary: false,
      })
    })

    t.test('a full server refuses for a while, and takes again when there is room', async (t) => {
      const full = await house.startProcess({ maxConnections: 2 })
      const { id } = await house.startSession()
      const voice = await full.connect(id, 'voice')
      await full.connect(id, 'session')
      const refused = await refusedUpgrade(full.urlOf(id))
      t.match(refused, { status: 429, code: 'SERVER_FULL', temporary: true })
      t.ok(Number(refused.headers['retry-after']) >= 1)
      voice.socket.close()
      await until('room', () => full.realtime.counts().connections < 2)
      await full.connect(id, 'landmarks')
    })

    t.test('two tabs that fight for a channel are stopped by a refusal', async (t) => {
      const { id } = await house.startSession()
      for (let i = 0; i < 7; i++) await process.connect(id, 'voice')
      const refused = await refusedUpgrade(process.urlOf(id, 'voice'))
      t.match(refused, { status: 429, code: 'RATE_LIMITED', temporary: true })
      t.equal(refused.headers['retry-after'], '60')
      await process.connect(id, 'session')
      t.match(await refusedUpgrade(process.urlOf(id, 'all')), { code: 'RATE_LIMITED' })
      house.clock.advance(60_000)
      await process.connect(id, 'voice')
    })

    t.test('a fought-for channel that nobody holds any more is free', async (t) => {
      const { id } = await house.startSession()
      const clients = []
      for (let i = 0; i < 7; i++) clients.push(await process.connect(id, 'voice'))
      clients.at(-1)?.socket.close()
      await until(
        'the log to say so',
        async () => (await house.store.log.openChannels(id)).length === 0,
      )
      t.ok(await process.connect(id, 'voice'))
    })

    t.test('an idle session is let go of after a moment', async (t) => {
      const idle = await house.startProcess()
      const { id } = await house.startSession()
      const client = await idle.connect(id)
      client.socket.close()
      await until('the socket to close', () => idle.realtime.counts().connections === 0)
      idle.realtime.sweep()
      t.equal(idle.realtime.counts().sessions, 1, 'a reconnect finds it still here')
      house.clock.advance(2_001)
      idle.realtime.sweep()
      t.equal(idle.realtime.counts().sessions, 0)
    })

    t.test('health is told over HTTP, and nothing else is', async (t) => {
      const get = (path: string, method = 'GET') => fetch(`${process.httpUrl}${path}`, { method })
      t.equal((await get('/livez')).status, 200)
      t.equal((await get('/readyz')).status, 200)
      const health = await get('/health')
      t.equal(health.status, 200)
      const body = (await health.json()) as Record<string, unknown>
      t.match(body, { status: 'ok', causes: [], version: '0.0.0-test', commit: 'unknown' })
      t.type(body['uptime'], 'number')
      t.type(body['connections'], 'number')
      t.equal((await get('/health', 'HEAD')).status, 200)
      t.match(await (await get('/other')).json(), { error: { code: 'ROUTE_NOT_FOUND' } })
      t.equal((await get('/livez', 'POST')).status, 404)
    })
  })
}
