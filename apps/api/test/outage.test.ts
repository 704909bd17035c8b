import type { SessionReport } from '@bemore/core'
import { createTcpProxy, createTestDatabase } from '@bemore/testing'
import t from 'tap'
import { createRig, createRigToCut, dataOf, errorOf, until } from './rig.js'

/** Far below every deadline that a call would otherwise wait for. */
const AT_ONCE_MS = 1_000

t.test('while the database is away', async (t) => {
  const { rig, proxy, cut } = await createRigToCut(t)
  const kept = await rig.start()
  const other = await rig.start()
  await rig.post(`/api/session/${kept}/end`)
  const fresh = await rig.get(`/api/session/${kept}/report`)
  t.equal(fresh.statusCode, 200)

  await cut()

  t.test('whoever needs it is told so at once, and when to come back', async (t) => {
    for (const [method, path] of [
      ['POST', 'start'],
      ['GET', other],
      ['GET', `${other}/report`],
      ['POST', `${other}/pause`],
      ['POST', `${other}/end`],
      ['DELETE', other],
    ] as const) {
      const before = performance.now()
      const reply = await rig.app.inject({ method, url: `/api/session/${path}` })
      const ms = performance.now() - before
      t.equal(reply.statusCode, 503, `${method} ${path}`)
      t.equal(errorOf(reply).code, 'DATABASE_UNREACHABLE')
      t.equal(errorOf(reply).temporary, true)
      t.ok(Number(reply.headers['retry-after']) > 0)
      t.ok(ms < AT_ONCE_MS, `${ms} ms`)
    }
  })

  t.test('a report that is in memory is served, and said to be stale', async (t) => {
    await until('the bus is lost', () => rig.bus.state !== 'listening')
    const reply = await rig.get(`/api/session/${kept}/report`)
    t.equal(reply.statusCode, 200)
    t.equal(reply.headers['x-bemore-stale'], 'true')
    t.equal(reply.json().stale, true)
    t.strictSame(dataOf<SessionReport>(reply), dataOf<SessionReport>(fresh))
  })

  t.test('the process stays up, ready, and says what is wrong', async (t) => {
    await rig.checks.run()
    t.equal((await rig.get('/livez')).statusCode, 200)
    t.equal((await rig.get('/readyz')).statusCode, 200)
    const health = await rig.get('/health')
    t.equal(health.statusCode, 200)
    const codes = health.json<{ causes: { code: string }[] }>().causes.map(({ code }) => code)
    t.ok(codes.includes('DATABASE_UNREACHABLE'))
    t.ok(codes.includes('BUS_LOST'))
  })

  await proxy.accept()
  await until('a start succeeds again', async () => {
    return (await rig.post('/api/session/start')).statusCode === 201
  })
  await until('the bus listens again', () => rig.bus.state === 'listening')
  await rig.checks.run()
  const codes = rig.health.snapshot().causes.map(({ code }) => code)
  t.notOk(codes.some((code) => code.startsWith('DATABASE') || code === 'BUS_LOST'))
  const again = await rig.get(`/api/session/${kept}/report`)
  t.equal(again.headers['x-bemore-stale'], undefined)
  t.strictSame(dataOf(again), dataOf(fresh))
})

t.test('without a bus that listens', async (t) => {
  const rig = await createRig(t)
  const id = await rig.start()
  await rig.bus.ready(5_000)
  await rig.post(`/api/session/${id}/end`)
  const url = `/api/session/${id}/report`
  const before = dataOf<SessionReport>(await rig.get(url)).seq
  await rig.bus.close()
  await rig.store.log.append([
    {
      sessionId: id,
      event: {
        type: 'channel.closed',
        at: Date.now(),
        data: { channel: 'voice', connectionId: 'c', processId: 'p', code: 1000 },
      },
      producer: 'late',
      producerSeq: 1,
    },
  ])
  t.equal(
    dataOf<SessionReport>(await rig.get(url)).seq,
    before + 1,
    'the database is asked instead',
  )
})

t.test(
  'a database that is frozen is known before any deadline, and costs health nothing',
  async (t) => {
    const { url } = await createTestDatabase(t)
    const { hostname, port } = new URL(url)
    const proxy = await createTcpProxy({ host: hostname, port: Number(port) })
    t.teardown(() => proxy.close())
    const env = { DATABASE_STATEMENT_TIMEOUT_MS: '60000', DATABASE_PROBE_TIMEOUT_MS: '1000' }
    const rig = await createRig(t, { url: proxy.through(url), env })
    const id = await rig.start()
    await rig.checks.run()
    proxy.swallow()
    let answered = false
    const waiting = rig.get(`/api/session/${id}`).finally(() => {
      answered = true
    })
    t.equal((await rig.get('/health')).statusCode, 200)
    t.equal(answered, false, 'health did not wait for it')
    const reply = await waiting
    t.equal(reply.statusCode, 503)
    t.equal(errorOf(reply).code, 'DATABASE_TIMEOUT')
    const before = performance.now()
    const next = await rig.get(`/api/session/${id}`)
    t.equal(next.statusCode, 503)
    t.ok(Number(next.headers['retry-after']) > 0)
    t.ok(performance.now() - before < AT_ONCE_MS)
    proxy.forward()
    await until('the session can be had again', async () => {
      return (await rig.get(`/api/session/${id}`)).statusCode === 200
    })
  },
)
