import { connect } from 'node:net'
import { createLogger, readRealtimeConfig } from '@bemore/ops'
import { createDatabase, createStore } from '@bemore/store'
import { createTestDatabase } from '@bemore/testing'
import t, { type Test } from 'tap'
import { spawnRealtime } from './fixtures/spawned-realtime.js'
import { connectClient } from './fixtures/test-client.js'
import { until } from './fixtures/until.js'

// Each of these starts processes, several times: more than the usual half a minute on a busy machine.
t.setTimeout(120_000)

const UPGRADES = 1_000
const SESSIONS = 200

interface Answer {
  readonly status: number
  readonly retryAfter: string | undefined
}

/** A handshake as bytes, so that a thousand cost the test next to nothing. */
function upgrade(t: Test, port: number, sessionId: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    t.teardown(() => socket.destroy())
    let head = ''
    socket.on('error', reject)
    socket.on('data', (bytes) => {
      head += bytes.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      const retryAfter = /^retry-after: (\d+)/im.exec(head)?.[1]
      resolve({ status: Number(head.slice(9, 12)), retryAfter })
    })
    socket.on('close', () => reject(new Error('closed without an answer')))
    socket.write(
      `GET /ws/landmarks/${sessionId} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n` +
        'Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
        'Sec-WebSocket-Version: 13\r\n\r\n',
    )
  })
}

t.test('a storm of new sockets is refused, and those there are do not notice', async (t) => {
  const { url } = await createTestDatabase(t)
  const config = readRealtimeConfig({ DATABASE_URL: url })
  const database = createDatabase(config, createLogger({ name: 'realtime', level: 'silent' }))
  t.teardown(() => database.close(1_000))
  const { sessions } = createStore(database, config)
  const ids = await Promise.all(
    Array.from({ length: SESSIONS }, async () => {
      const start = { language: 'en', at: Date.now(), deviceWindowMs: 0 } as const
      return (await sessions.start(start)).session.id
    }),
  )
  const realtime = spawnRealtime(t, {
    ...{ DATABASE_URL: url, UPGRADES_PER_SECOND: '50', UPGRADE_BURST: '100' },
  })
  const port = await realtime.port()
  const health = `http://127.0.0.1:${port}/health`
  await until('readiness', async () => (await fetch(health)).status === 200)
  const own = await connectClient(t, `ws://127.0.0.1:${port}/ws/session/${ids[0]}`)

  let isOver = false
  const storm = Promise.all(
    Array.from({ length: UPGRADES }, (_, index) =>
      upgrade(t, port, ids[index % SESSIONS] as string),
    ),
  ).finally(() => {
    isOver = true
  })
  let answered = 0
  while (!isOver) answered = await own.count('pong')
  const answers = await storm

  t.ok(answered > 0, `${answered} pings were answered meanwhile`)
  const taken = answers.filter(({ status }) => status === 101)
  const refused = answers.filter(({ status }) => status !== 101)
  t.ok(taken.length >= 50, `${taken.length} were taken`)
  t.ok(refused.length >= UPGRADES / 2, `${refused.length} were refused`)
  for (const { status, retryAfter } of refused) {
    if (![429, 503].includes(status) || !retryAfter) t.fail(`${status}, Retry-After ${retryAfter}`)
  }
  t.equal((await fetch(health)).status, 200)
  await until('room for another', async () => {
    return (await upgrade(t, port, ids[0] as string)).status === 101
  })
})
