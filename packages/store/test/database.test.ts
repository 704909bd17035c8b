import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { withDeadline } from '../src/database/deadline.js'
import { StoreError } from '../src/index.js'
import { connect, openProxy, openStore, shareDatabase } from './test-store.js'
import { until } from './until.js'

const codeOf = (error: unknown) => (error instanceof StoreError ? error.code : error)
const codeOfFailure = (work: Promise<unknown>) => work.then(() => 'no failure', codeOf)

const shared = await shareDatabase(t)

t.test('a statement over the statement timeout is a DATABASE_TIMEOUT', async (t) => {
  const { database } = await openStore(t, { ...shared, statementTimeoutMs: 100 })
  t.equal(await codeOfFailure(database.query((sql) => sql`select pg_sleep(5)`)), 'DATABASE_TIMEOUT')
  t.not(database.state.state, 'unreachable', 'it says nothing of the server')
  t.same(await database.query((sql) => sql`select 1 as one`), [{ one: 1 }])
})

t.test('a wait for a lock over the lock timeout is a DATABASE_TIMEOUT', async (t) => {
  const { database } = await openStore(t, { ...shared, lockTimeoutMs: 50 })
  await database.transaction(async (sql) => {
    await sql`select pg_advisory_xact_lock(1)`
    const second = database.query((other) => other`select pg_advisory_xact_lock(1)`)
    t.equal(await codeOfFailure(second), 'DATABASE_TIMEOUT')
  })
})

t.test('callers beyond the pool wait their turn, then are refused', async (t) => {
  const { database } = await openStore(t, {
    ...shared,
    poolSize: 1,
    poolQueueLimit: 1,
    poolWaitMs: 100,
  })
  const { promise: gate, open } = createLatch()
  const holder = database.transaction(async () => gate)
  const waiting = codeOfFailure(database.ping().then(() => database.query((sql) => sql`select 1`)))
  const [first, second] = [
    database.query((sql) => sql`select 1`),
    database.query((sql) => sql`select 1`),
  ]
  t.equal(await codeOfFailure(second), 'DATABASE_BUSY', 'the queue is full')
  t.equal(await codeOfFailure(first), 'DATABASE_BUSY', 'the wait was too long')
  t.equal(await waiting, 'DATABASE_BUSY', 'a ping does not need the pool')
  open()
  await holder
  t.same(await database.query((sql) => sql`select 1 as one`), [{ one: 1 }])
})

t.test('a fault of the statement is not a StoreError, and tells no data', async (t) => {
  const { database } = await openStore(t, shared)
  const error = await database
    .query(
      (sql) => sql`insert into sessions (id, language, started_at, last_active_at)
                        values (${'private words'}, 'ko', now(), now())`,
    )
    .catch((error: unknown) => error)
  t.match(error, { name: 'StatementError', code: '23514', constraint: 'sessions_id_check' })
  t.notOk(error instanceof StoreError)
  t.notMatch(JSON.stringify(error, Object.getOwnPropertyNames(error)), /private words/)
  t.same(await database.query((sql) => sql`select 1 as one`), [{ one: 1 }])
})

t.test('a transaction that fails leaves nothing behind', async (t) => {
  const { database } = await openStore(t, { ...shared, poolSize: 1 })
  const failing = database.transaction(async (sql) => {
    await sql`create table half_done (id int)`
    throw new RangeError('on purpose')
  })
  await t.rejects(failing, new RangeError('on purpose'))
  const [row] = await database.query((sql) => sql`select to_regclass('half_done') as found`)
  t.equal(row?.['found'], null)
})

t.test('a server that refuses connections is unreachable at once, and found again', async (t) => {
  const { config, url } = await openStore(t, shared)
  const proxy = await openProxy(t, url)
  const { database } = connect(t, { ...config, databaseUrl: proxy.through(url) })
  const changes: string[] = []
  database.onChange(({ state }) => changes.push(state))
  await database.ping()

  await proxy.refuse()
  proxy.cut()
  await until('the loss to be noticed', () => database.state.state === 'unreachable')
  t.match(database.state.detail, /ECONNREFUSED/)
  const refused = database.query((sql) => sql`select 1`)
  t.equal(await codeOfFailure(refused), 'DATABASE_UNREACHABLE')
  t.equal(await codeOfFailure(database.ping()), 'DATABASE_UNREACHABLE')

  await proxy.accept()
  await until('the return to be noticed', () => database.state.state === 'reachable')
  t.same(await database.query((sql) => sql`select 1 as one`), [{ one: 1 }])
  t.same(changes, ['reachable', 'unreachable', 'reachable'])
})

t.test('a frozen server costs the deadline once; then calls fail without trying', async (t) => {
  const { config, url } = await openStore(t, shared)
  const proxy = await openProxy(t, url)
  const frozen = {
    ...config,
    databaseUrl: proxy.through(url),
    statementTimeoutMs: 100,
    poolSize: 2,
  }
  const { database } = connect(t, frozen)
  await database.query((sql) => sql`select 1`)

  proxy.swallow()
  t.equal(await codeOfFailure(database.query((sql) => sql`select 1`)), 'DATABASE_TIMEOUT')
  const more = Array.from({ length: 20 }, () => database.query((sql) => sql`select 1`))
  const codes = await Promise.all(more.map(codeOfFailure))
  t.same(new Set(codes), new Set(['DATABASE_TIMEOUT']))

  proxy.forward()
  await until('the return to be noticed', () => database.state.state === 'reachable')
  t.same(await database.query((sql) => sql`select 1 as one`), [{ one: 1 }])
})

t.test('callers who wait for a connection are sent away when the server goes', async (t) => {
  const { config, url, direct } = await openStore(t, shared)
  const proxy = await openProxy(t, url)
  const { database } = connect(t, { ...config, databaseUrl: proxy.through(url), poolSize: 1 })
  const holder = codeOfFailure(database.query((sql) => sql`select pg_sleep(30)`))
  const waiting = codeOfFailure(database.query((sql) => sql`select 1`))
  await until('the holder to be inside', async () => {
    const rows = await direct`
      select 1 from pg_stat_activity where query like '%pg_sleep(30)%' and pid <> pg_backend_pid()`
    return rows.length === 1
  })
  await proxy.refuse()
  proxy.cut()
  t.equal(await holder, 'DATABASE_UNREACHABLE')
  t.equal(await waiting, 'DATABASE_UNREACHABLE')
})

t.test('a client lost in a transaction does not keep its locks', async (t) => {
  const { config, url, direct } = await openStore(t, shared)
  const proxy = await openProxy(t, url)
  const half = { ...config, databaseUrl: proxy.through(url), statementTimeoutMs: 200 }
  const { database } = connect(t, half)
  const lost = database.transaction(async (sql) => {
    await sql`select pg_advisory_xact_lock(7)`
    proxy.swallow()
    await sql`select 1`
  })
  t.equal(await codeOfFailure(lost), 'DATABASE_TIMEOUT')
  await until('the lock to be free', async () => {
    const [row] = await direct`select pg_try_advisory_lock(7) as got`
    return row?.['got'] as boolean
  })
})

t.test('a server that accepts and hangs up is unreachable, not tried for ever', async (t) => {
  const { config, url } = await openStore(t, shared)
  const proxy = await openProxy(t, url)
  const { database } = connect(t, { ...config, databaseUrl: proxy.through(url) })
  const probing = setInterval(proxy.cut, 1)
  t.teardown(() => clearInterval(probing))
  t.equal(await codeOfFailure(database.query((sql) => sql`select 1`)), 'DATABASE_UNREACHABLE')
})

t.test('an answer that came while the process was held up is not late', async (t) => {
  const { direct } = await openStore(t, shared)
  await direct`select 1`
  const answer = direct`select 1 as one from pg_sleep(0.05)`.execute()
  // The driver writes in the next turns.
  for (let turn = 0; turn < 3; turn++) await setImmediate()
  const timely = withDeadline(answer, 1, () => new Error('late'))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  t.match(await timely, [{ one: 1 }])
})

t.test('no route to the server is an answer, not a crash', async (t) => {
  const { config } = await openStore(t, shared)
  // A socket may not connect to the broadcast address: that fails before any packet is sent.
  const { database } = connect(t, { ...config, databaseUrl: 'postgres://a@255.255.255.255/b' })
  t.equal(await codeOfFailure(database.query((sql) => sql`select 1`)), 'DATABASE_UNREACHABLE')
})

t.test('closing waits for what is under way, and cuts what does not end', async (t) => {
  const { config } = await openStore(t, shared)
  const { database } = connect(t, config)
  const quick = database.query((sql) => sql`select pg_sleep(0.05)`)
  const slow = codeOfFailure(database.query((sql) => sql`select pg_sleep(30)`))
  await database.query((sql) => sql`select 1`)
  await database.close(300)
  await t.resolves(quick)
  t.equal(await slow, 'DATABASE_UNREACHABLE')
  t.equal(await codeOfFailure(database.query((sql) => sql`select 1`)), 'DATABASE_UNREACHABLE')
})

function createLatch() {
  let open = () => {}
  const promise = new Promise<void>((resolve) => {
    open = resolve
  })
  return { promise, open }
}
