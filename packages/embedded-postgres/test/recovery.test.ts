import { spawn } from 'node:child_process'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { processStart } from '@bemore/ops'
import t from 'tap'
import { query, scratchFolder, startServer } from './scratch.js'
import { startSupervisor, waitFor } from './supervisor.js'

const onLinux = process.platform === 'linux'

t.test('a supervisor killed with -9 takes its server along', async (t) => {
  const supervisor = await startSupervisor(t, await scratchFolder(t))
  t.ok(supervisor.serverRuns())
  await supervisor.kill()
  await waitFor('the server to follow', () => !supervisor.serverRuns())
  t.notOk(supervisor.serverRuns())
})

t.test(
  'an orphaned server is stopped, and its data served by a new one',
  {
    skip: !onLinux && 'finds the lifeline by /proc',
  },
  async (t) => {
    const dataDir = await scratchFolder(t)
    const supervisor = await startSupervisor(t, dataDir)
    await query(supervisor.server.url, 'create table kept as select 42 as answer')
    await supervisor.killLifeline()
    await supervisor.kill()
    t.ok(supervisor.serverRuns(), 'nobody was left to stop it')

    const lines: string[] = []
    const server = await startServer(t, { dataDir, log: (line) => lines.push(line) })
    t.match(lines, [new RegExp(`left over.*pid ${supervisor.server.pid}, fast`)])
    t.not(server.pid, supervisor.server.pid)
    t.notOk(processStart(supervisor.server.pid))
    t.strictSame(await query(server.url, 'select answer from kept'), [{ answer: 42 }])
  },
)

t.test('an orphan that answers to nothing is killed within a bound', async (t) => {
  const dataDir = await scratchFolder(t)
  const supervisor = await startSupervisor(t, dataDir)
  await query(supervisor.server.url, 'create table kept as select 42 as answer')
  process.kill(supervisor.server.pid, 'SIGSTOP')
  await supervisor.kill()

  const lines: string[] = []
  const server = await startServer(t, {
    dataDir,
    orphanTimeoutMs: 100,
    log: (line) => lines.push(line),
  })
  t.match(lines, [/left over.*killed/])
  t.strictSame(await query(server.url, 'select answer from kept'), [{ answer: 42 }])
})

t.test('a pid file whose pid now belongs to another process is no obstacle', async (t) => {
  const dataDir = await scratchFolder(t)
  const first = await startServer(t, { dataDir })
  await first.stop()
  // As postgres sees it, the worst case: a living process of the very user it runs as.
  const { uid, gid } = await stat(first.dataFolder)
  const bystander = spawn('sleep', ['60'], {
    stdio: 'ignore',
    ...(process.getuid?.() === 0 && { uid, gid }),
  })
  t.teardown(() => bystander.kill())
  await writeFile(join(first.dataFolder, 'postmaster.pid'), `${bystander.pid}\n${dataDir}\n`)

  const second = await startServer(t, { dataDir })
  t.strictSame(await query(second.url, 'select 1 as one'), [{ one: 1 }])
  t.ok(processStart(bystander.pid as number), 'the other process lives')
})

t.test('an initdb killed half-way is begun again', async (t) => {
  const dataDir = await scratchFolder(t)
  const torn = join(dataDir, 'init-torn')
  await mkdir(join(torn, 'base'), { recursive: true })
  await writeFile(join(torn, 'PG_VERSION'), '18\n')
  await writeFile(join(dataDir, 'init-torn.password'), 'left over')

  const server = await startServer(t, { dataDir })
  t.strictSame(await query(server.url, 'select 1 as one'), [{ one: 1 }])
  t.strictSame(
    (await readdir(dataDir)).filter((name) => name.startsWith('init-')),
    [],
    'the half is gone',
  )
})
