import t from 'tap'
import { connect, openBus, openStore, shareDatabase } from './test-store.js'

const SESSION = 'sess_0000000000000000000000'

const shared = await shareDatabase(t)

t.test('a flush is asked of the named processes, and waited for', async (t) => {
  const here = await openStore(t, shared)
  const there = connect(t, here.config)
  const buses = [openBus(t, here.config, here), openBus(t, here.config, there)] as const
  await Promise.all(buses.map((bus) => bus.ready(5_000)))
  const flushed: string[] = []
  for (const [index, bus] of buses.entries()) {
    bus.onFlushRequest(`p${index}`, async (sessionId) => {
      flushed.push(`p${index} ${sessionId}`)
    })
  }
  const [bus] = buses
  t.same(await bus.requestFlush(SESSION, [], 5_000), { silent: [] })
  t.same(await bus.requestFlush(SESSION, ['p1'], 5_000), { silent: [] })
  t.same(flushed, [`p1 ${SESSION}`], 'the one that was not named was left alone')
  t.same(await bus.requestFlush(SESSION, ['p0', 'p1'], 5_000), { silent: [] })
  t.same(flushed.slice(1).sort(), [`p0 ${SESSION}`, `p1 ${SESSION}`], 'each once')
})

t.test('processes that fail, or are gone, are silent', async (t) => {
  const here = await openStore(t, shared)
  const there = connect(t, here.config)
  const [bus, other] = [openBus(t, here.config, here), openBus(t, here.config, there)]
  await Promise.all([bus.ready(5_000), other.ready(5_000)])
  bus.onFlushRequest('own', async () => {})
  other.onFlushRequest('failing', () => Promise.reject(new Error('on purpose')))
  const { silent } = await bus.requestFlush(SESSION, ['own', 'failing', 'gone'], 500)
  t.same([...silent].sort(), ['failing', 'gone'])
})

t.test('messages of another form are left alone', async (t) => {
  const here = await openStore(t, shared)
  const bus = openBus(t, here.config, here)
  await bus.ready(5_000)
  const flushed: string[] = []
  bus.onFlushRequest('p0', async (sessionId) => {
    flushed.push(sessionId)
  })
  for (const payload of [
    '',
    'null',
    '[]',
    '{"kind":"request"}',
    '{"kind":"request","nonce":"n"}',
  ]) {
    await here.direct`select pg_notify('bemore_flush', ${payload})`
  }
  const request = { kind: 'request', nonce: 'n', sessionId: SESSION, processIds: ['p0'] }
  const answers: string[] = []
  const heard = new Promise<void>((resolve) => {
    void here.direct
      .listen('bemore_flush', (payload) => {
        answers.push(payload)
        if (payload.includes('done')) resolve()
      })
      .then(() => here.direct`select pg_notify('bemore_flush', ${JSON.stringify(request)})`)
  })
  await heard
  t.same(flushed, [SESSION])
  t.same(JSON.parse(answers.at(-1) ?? ''), { kind: 'done', nonce: 'n', processId: 'p0' })
})
