import t, { type Test } from 'tap'
import { StoreError } from '../src/index.js'
import { connect, openProxy, openStore, shareDatabase, startSession } from './test-store.js'
import { until } from './until.js'

const codeOf = (error: unknown) => (error instanceof StoreError ? error.code : error)
const codeOfFailure = (work: Promise<unknown>) => work.then(() => 'no failure', codeOf)

/** Far below every deadline that a call would otherwise wait for. */
const AT_ONCE_MS = 1_000
/** Deadlines that no test waits for: only the pulse can end what these calls wait for. */
const PATIENT = { connectTimeoutMs: 10_000, statementTimeoutMs: 60_000, poolWaitMs: 60_000 }
const QUICK_PULSE = { probeMs: 100, probeTimeoutMs: 1_000 }

const shared = await shareDatabase(t)

async function openBehindProxy(t: Test, change: Parameters<typeof openStore>[1] = {}) {
  const { config, url, direct } = await openStore(t, shared)
  const proxy = await openProxy(t, url)
  const fragile = { ...config, ...PATIENT, ...QUICK_PULSE, ...change }
  return { direct, proxy, ...connect(t, { ...fragile, databaseUrl: proxy.through(url) }) }
}

t.test('a frozen server: who waits is told by the pulse, who comes later at once', async (t) => {
  const { database, proxy } = await openBehindProxy(t, { poolSize: 2 })
  await Promise.all([database.ping(), database.query((sql) => sql`select 1`)])
  proxy.swallow()
  // Two have a connection that hangs or is being opened, the others wait for their turn.
  const waiting = Array.from({ length: 6 }, () => database.query((sql) => sql`select 1`))
  t.same(new Set(await Promise.all(waiting.map(codeOfFailure))), new Set(['DATABASE_TIMEOUT']))
  t.match(database.state, { state: 'unreachable', code: 'DATABASE_TIMEOUT' })
  t.equal(database.load.inside, 0, 'nobody is kept')

  const before = performance.now()
  const refused = Array.from({ length: 50 }, () => database.transaction((sql) => sql`select 1`))
  t.same(new Set(await Promise.all(refused.map(codeOfFailure))), new Set(['DATABASE_TIMEOUT']))
  t.ok(performance.now() - before < AT_ONCE_MS)

  proxy.forward()
  await until('the return to be noticed', () => database.state.state === 'reachable')
  t.same(await database.query((sql) => sql`select 1 as one`), [{ one: 1 }])
})

t.test('a frozen server is noticed without anybody calling', async (t) => {
  const { database, proxy } = await openBehindProxy(t)
  await database.ping()
  proxy.swallow()
  await until('the loss to be noticed', () => database.state.state === 'unreachable')
  t.match(database.state, { code: 'DATABASE_TIMEOUT', detail: /no answer within 1000 ms/ })
  proxy.forward()
  await until('the return to be noticed', () => database.state.state === 'reachable')
})

t.test('a slow statement on a busy pool does not make the database dead', async (t) => {
  const { database } = await openBehindProxy(t, { poolSize: 1, probeMs: 50 })
  const changes: string[] = []
  database.onChange(({ state }) => changes.push(state))
  await database.query((sql) => sql`select pg_sleep(2)`)
  t.same(changes, ['reachable'])
})

t.test('a process that itself stood still does not take the database for dead', async (t) => {
  const { database } = await openBehindProxy(t, { probeMs: 20, probeTimeoutMs: 200 })
  await until('the first contact', () => database.state.state === 'reachable')
  const changes: string[] = []
  database.onChange(({ state }) => changes.push(state))
  for (let stall = 0; stall < 5; stall++) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
    await database.query((sql) => sql`select 1`)
  }
  t.same(changes, [])
})

t.test('a restart is survived, whatever was under way', async (t) => {
  const { database, proxy, store } = await openBehindProxy(t)
  await database.query((sql) => sql`select 1`)
  const underWay = codeOfFailure(database.query((sql) => sql`select pg_sleep(30)`))
  await until('it to be under way', () => database.load.inside === 1)
  await proxy.refuse()
  proxy.cut()
  t.equal(await underWay, 'DATABASE_UNREACHABLE')
  await until('the loss to be noticed', () => database.state.state === 'unreachable')
  await proxy.accept()
  await until('the return to be noticed', () => database.state.state === 'reachable')
  t.ok(await startSession(store))
})

t.test(
  'read-only: reads go on, writes fail with the cause, and it is known when it ends',
  async (t) => {
    const { config, direct, url } = await openStore(t)
    const name = new URL(url).pathname.slice(1)
    const { database, store } = connect(t, { ...config, ...QUICK_PULSE })
    const { id } = await startSession(store)
    await direct`alter database ${direct(name)} set default_transaction_read_only = on`
    // Connections from before are still writable; those made from now on are not.
    await direct`
    select pg_terminate_backend(pid) from pg_stat_activity
     where datname = ${name} and application_name = 'bemore'`
    await until('it to be noticed', async () => {
      return (await codeOfFailure(store.ping())) === 'DATABASE_READ_ONLY'
    })
    t.equal(await codeOfFailure(startSession(store)), 'DATABASE_READ_ONLY')
    t.equal((await store.sessions.get(id))?.id, id)
    t.equal(database.state.state, 'reachable')

    await direct`alter database ${direct(name)} reset default_transaction_read_only`
    await until('it to be over', async () => (await codeOfFailure(store.ping())) === 'no failure')
    await until('a write to succeed', async () => (await startSession(store)).id)
  },
)

t.test('a full disk is told by its name while writes are refused, and reads go on', async (t) => {
  const { database, store } = await openStore(t, shared)
  // What a server says whose disk is full; filling one takes a server, and its disk, of its own.
  const refuse = () =>
    database.query((sql) => sql`do $$ begin raise exception using errcode = '53100'; end $$`)
  t.equal(await codeOfFailure(refuse()), 'DATABASE_FULL')
  t.equal(await codeOfFailure(store.ping()), 'DATABASE_FULL')
  t.equal(database.state.state, 'reachable')
  await until('it to be over', async () => (await codeOfFailure(store.ping())) === 'no failure')
})

t.test('the difference of the clocks is known', async (t) => {
  const { store } = await openStore(t, shared)
  await until('a prompt answer', () => store.clockOffsetMs !== null)
  t.ok(Math.abs(store.clockOffsetMs ?? Number.NaN) < AT_ONCE_MS, `${store.clockOffsetMs} ms`)
})
