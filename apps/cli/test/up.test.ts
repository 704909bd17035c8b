import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { removeEmbeddedPostgres } from '@bemore/embedded-postgres'
import { createTestDatabase } from '@bemore/testing'
import t from 'tap'
import { pidOf, pidsOf, spawnBemore, statusOf, whenRunning } from './fixtures/spawned.js'
import { isRunning, until } from './fixtures/until.js'

t.setTimeout(180_000)

const allGone = (pids: readonly number[]) =>
  until('no process is left', async () => {
    const left = await Promise.all(pids.map(isRunning))
    return !left.includes(true)
  })

const isReady = (url: string) =>
  until(
    `${url} is ready`,
    async () => (await fetch(`${url}/readyz`).catch(() => null))?.status === 200,
  )

t.test('everything starts in an empty folder, only once, and SIGTERM ends it all', async (t) => {
  const cwd = t.testdir()
  // As root, the database may have had to move elsewhere.
  const dataDir = join(cwd, '.bemore', 'postgres')
  t.teardown(() => removeEmbeddedPostgres({ dataDir, log: () => {} }))
  const up = spawnBemore(t, ['up'], { cwd })
  const status = await whenRunning(up, cwd)
  await until('the URLs are printed', () => up.output().includes('npm run demo'))
  for (const url of [status.urls.api, `${status.urls.api}/docs`, status.urls.websocket]) {
    t.match(up.output(), url)
  }
  t.match(up.output(), join('.bemore', 'postgres'))
  t.match(up.output(), /applied 0001-/)
  const isWell = () =>
    until('all is well', async () => {
      const health = await fetch(`${status.urls.api}/health`)
      t.equal(health.status, 200)
      return ((await health.json()) as { status: string }).status === 'ok'
    })
  await isWell()

  const second = spawnBemore(t, ['up'], { cwd })
  t.equal(await second.exited, 75)
  t.match(second.output(), `already runs in this folder (pid ${status.pid})`)
  t.match(second.output(), status.urls.api)

  const asked = spawnBemore(t, ['status'], { cwd })
  t.equal(await asked.exited, 0)
  t.match(asked.output(), /postgres +running/)

  process.kill(Number(status.database?.pid), 'SIGKILL')
  const mended = await until('PostgreSQL was started again', async () => {
    const current = await statusOf(cwd)
    return current?.database?.restarts === 1 && current.database.pid !== null && current
  })
  await isWell()

  up.process.kill('SIGTERM')
  t.equal(await up.exited, 0)
  const pids = new Set([...pidsOf(status), ...pidsOf(mended || status)])
  t.equal(pids.size, 5)
  await allGone([...pids])
  t.notOk(existsSync(join(cwd, '.bemore', 'up.json')))
  t.match(await readFile(join(cwd, '.bemore', 'logs', 'api.log'), 'utf8'), /"event":"stop.end"/)
})

t.test('with a database of its own', async (t) => {
  const { url: DATABASE_URL } = await createTestDatabase(t)

  t.test('a realtime process killed with -9 comes back on its port', async (t) => {
    const cwd = t.testdir()
    const up = spawnBemore(t, ['up'], { cwd, env: { DATABASE_URL } })
    const before = await whenRunning(up, cwd)
    process.kill(pidOf(before, 'realtime'), 'SIGKILL')
    const after = await until('it was started again', async () => {
      const status = await statusOf(cwd)
      const realtime = status?.processes.find(({ name }) => name === 'realtime')
      return realtime?.restarts === 1 && realtime.state === 'running' && status
    })
    t.not(pidOf(after ?? before, 'realtime'), pidOf(before, 'realtime'))
    await isReady(String(before.urls.realtime[0]).replace('ws:', 'http:'))
    t.match(up.output(), /realtime died \(signal SIGKILL\); starting it again in 200 ms/)
    t.match(up.output(), /realtime started again/)
    t.notOk(existsSync(join(cwd, '.bemore', 'postgres')), 'DATABASE_URL is used instead')
  })

  t.test('a child that finds its port taken ends the whole, with its message', async (t) => {
    const cwd = t.testdir()
    const up = spawnBemore(t, ['up'], { cwd, env: { DATABASE_URL } })
    const status = await whenRunning(up, cwd)
    const port = Number(new URL(String(status.urls.realtime[0])).port)
    process.kill(pidOf(status, 'realtime'), 'SIGKILL')
    await until('its port is ours', async () => {
      const thief = createServer()
      const bound = await new Promise<boolean>((resolve) => {
        thief.once('error', () => resolve(false))
        thief.listen(port, '0.0.0.0', () => resolve(true))
      })
      if (bound) t.teardown(() => thief.close())
      return bound
    })
    t.equal(await up.exited, 75)
    t.match(up.output(), /REALTIME_PORT/)
    await allGone(pidsOf(status))
  })

  t.test(
    'after kill -9 of the supervisor its children go, and a new start takes their ports',
    async (t) => {
      const cwd = t.testdir()
      const killed = spawnBemore(t, ['up'], { cwd, env: { DATABASE_URL } })
      const before = await whenRunning(killed, cwd)
      const port = new URL(before.urls.api).port
      const realtimePort = new URL(String(before.urls.realtime[0])).port
      killed.process.kill('SIGKILL')
      const args = ['up', '--port', port, '--realtime-port', realtimePort]
      const next = spawnBemore(t, args, { cwd, env: { DATABASE_URL } })
      const after = await whenRunning(next, cwd)
      t.equal(after.urls.api, before.urls.api)
      await allGone(pidsOf(before))
      await isReady(after.urls.api)
      next.process.kill('SIGTERM')
      t.equal(await next.exited, 0)
    },
  )

  t.test('two signals at once are one; a later one ends what hangs, with 130', async (t) => {
    const cwd = t.testdir()
    const up = spawnBemore(t, ['up'], { cwd, env: { DATABASE_URL } })
    const status = await whenRunning(up, cwd)
    process.kill(pidOf(status, 'realtime'), 'SIGSTOP')
    up.process.kill('SIGINT')
    up.process.kill('SIGINT')
    await until('the API has stopped', async () => !(await isRunning(pidOf(status, 'api'))))
    t.ok(await isRunning(pidOf(status, 'realtime')), 'the second SIGINT was no command')
    const insist = setInterval(() => up.process.kill('SIGINT'), 500)
    t.teardown(() => clearInterval(insist))
    t.equal(await up.exited, 130)
    await allGone(pidsOf(status))
  })

  t.test('migrate finds nothing to do, and says so', async (t) => {
    const migrate = spawnBemore(t, ['migrate'], { cwd: t.testdir(), env: { DATABASE_URL } })
    t.equal(await migrate.exited, 0)
    t.match(migrate.output(), /the database schema is up to date/)
  })

  t.test('several realtime processes, each on its port', async (t) => {
    const cwd = t.testdir()
    const args = ['up', '--realtime-processes', '2']
    const status = await whenRunning(spawnBemore(t, args, { cwd, env: { DATABASE_URL } }), cwd)
    t.equal(status.urls.websocket, status.urls.api.replace('http:', 'ws:'))
    for (const url of status.urls.realtime) await isReady(url.replace('ws:', 'http:'))
    t.not(status.urls.realtime[0], status.urls.realtime[1])
  })
})

t.test('a taken port is said before anything is started', async (t) => {
  const cwd = t.testdir()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  t.teardown(() => server.close())
  const address = server.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const up = spawnBemore(t, ['up'], { cwd, env: { PORT: port } })
  t.equal(await up.exited, 75)
  t.match(up.output(), new RegExp(`Port ${port} is taken.* PORT `))
  t.notOk(existsSync(join(cwd, '.bemore', 'postgres')))
})
