import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { ensureDatabase, removeEmbeddedPostgres, type ServerExit } from '../src/index.js'
import { query, scratchFolder, startServer } from './scratch.js'

t.test('a server that is running', async (t) => {
  const lines: string[] = []
  const server = await startServer(t, {
    dataDir: await scratchFolder(t),
    durable: true,
    serverLog: (line) => lines.push(line),
  })

  t.test('is durable, speaks UTF-8 and UTC, and listens on the loopback only', async (t) => {
    const settings = await query(
      server.url,
      `select current_setting('server_version_num')::int / 10000 as major,
              current_setting('listen_addresses') as listens,
              current_setting('unix_socket_directories') as sockets,
              current_setting('timezone') as timezone,
              current_setting('fsync') as fsync,
              current_setting('server_encoding') as encoding,
              lower('ÄÉ') as lower,
              (select string_agg(w, '' order by w) from unnest(array['나','b','A','가']) w) as sorted`,
    )
    t.strictSame(settings, [
      {
        major: 18,
        listens: '127.0.0.1',
        sockets: '',
        timezone: 'UTC',
        fsync: 'on',
        encoding: 'UTF8',
        lower: 'äé',
        sorted: 'Ab가나',
      },
    ])
  })

  t.test('lets nobody in without the password', async (t) => {
    const url = new URL(server.url)
    url.password = 'guess'
    await t.rejects(query(url.href, 'select 1'), { code: '28P01' })
  })

  t.test('makes a database once', async (t) => {
    const url = await ensureDatabase(server.url, 'bemore')
    await query(url, 'create table kept (id int)')
    t.equal(await ensureDatabase(server.url, 'bemore'), url)
    t.strictSame(await query(url, 'select count(*)::int as rows from kept'), [{ rows: 0 }])
    await t.rejects(ensureDatabase(server.url, 'be more'), RangeError)
  })

  t.test('keeps the statements and values of failed queries out of its log', async (t) => {
    await t.rejects(query(server.url, `select 'secret words'::int`), { code: '22P02' })
    await server.stop()
    t.match(lines.join('\n'), 'database system is shut down')
    t.notMatch(lines.join('\n'), 'secret')
  })
})

t.test('keeps data and password over a restart, and ends what it started', async (t) => {
  const dataDir = await scratchFolder(t)
  const first = await startServer(t, { dataDir })
  await query(first.url, 'create table kept as select 42 as answer')
  t.equal(await first.stop(), 'fast')
  t.equal(await first.stop(), 'fast', 'a second stop is no error')
  const socket = connect(first.port, '127.0.0.1')
  const [refusal] = await once(socket, 'error')
  t.match(refusal, { code: 'ECONNREFUSED' })

  const second = await startServer(t, { dataDir, port: first.port })
  t.equal(second.url, first.url)
  t.strictSame(await query(second.url, 'select answer from kept'), [{ answer: 42 }])
})

t.test('tells an asked-for exit from a crash, and recovers what was committed', async (t) => {
  const dataDir = await scratchFolder(t)
  const crashing = await startServer(t, { dataDir, durable: true })
  await query(crashing.url, 'create table kept as select 42 as answer')
  const crash = new Promise<ServerExit & { expected: boolean }>(crashing.onExit)
  process.kill(crashing.pid, 'SIGKILL')
  t.match(await crash, { expected: false, signal: 'SIGKILL' })

  const lines: string[] = []
  const next = await startServer(t, { dataDir, log: (line) => lines.push(line) })
  t.match(lines, [/ended without a shutdown/])
  t.strictSame(await query(next.url, 'select answer from kept'), [{ answer: 42 }])
  const exit = new Promise<ServerExit & { expected: boolean }>(next.onExit)
  await next.stop({ mode: 'immediate' })
  t.match(await exit, { expected: true })
})

t.test('removes a database, but not under a living server', async (t) => {
  const dataDir = await scratchFolder(t)
  const server = await startServer(t, { dataDir })
  await t.rejects(removeEmbeddedPostgres({ dataDir, log: () => {} }), {
    code: 'DATA_FOLDER_IN_USE',
  })
  await query(server.url, 'select 1')
  await server.stop()
  await removeEmbeddedPostgres({ dataDir, log: () => {} })
  const fresh = await startServer(t, { dataDir })
  t.not(fresh.url.split('@')[0], server.url.split('@')[0], 'a new database has a new password')
})
