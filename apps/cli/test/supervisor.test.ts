import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import type { RestartPolicy } from '../src/up/restart-backoff.js'
import type { ProcessEvent } from '../src/up/supervised-process.js'
import { createSupervisor, type Supervisor } from '../src/up/supervisor.js'
import { isRunning, until } from './fixtures/until.js'

const PATIENCE_MS = 10_000
const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}.js`, import.meta.url))

interface Watched {
  readonly supervisor: Supervisor
  readonly events: ProcessEvent[]
  readonly output: () => string
  pid(): number
}

function supervise(
  test: { teardown(fn: () => unknown): void },
  child: string,
  policy: RestartPolicy = { firstMs: 20, maxMs: 50, resetAfterMs: 30_000 },
): Watched {
  const events: ProcessEvent[] = []
  let output = ''
  const supervisor = createSupervisor(
    [{ name: 'child', entry: fixture('child'), env: { ...process.env, CHILD: child } }],
    {
      policy,
      onEvent: (event) => events.push(event),
      onOutput: (_name, chunk) => {
        output += String(chunk)
      },
    },
  )
  test.teardown(() => supervisor.kill())
  supervisor.start()
  return {
    supervisor,
    events,
    output: () => output,
    pid: () => supervisor.status()[0]?.pid ?? 0,
  }
}

const isReady = ({ output }: Watched) =>
  until('the child is ready', () => output().includes('test.ready'))

t.test('a killed child is started again, and its death is told', async (t) => {
  const watched = supervise(t, 'serves')
  await isReady(watched)
  const first = watched.pid()
  process.kill(first, 'SIGKILL')
  const second = await until('a new pid', () => {
    const pid = watched.pid()
    return pid !== 0 && pid !== first && pid
  })
  t.not(second, first)
  t.match(watched.events, [
    { type: 'started', pid: first, restarts: 0 },
    { type: 'died', code: null, signal: 'SIGKILL', restartInMs: 20 },
    { type: 'started', pid: second, restarts: 1 },
  ])
  t.match(watched.supervisor.status(), [
    { state: 'running', restarts: 1, lastExit: { code: null, signal: 'SIGKILL' } },
  ])
})

t.test('a child that ended in order by itself, as when drained, is started again', async (t) => {
  const watched = supervise(t, 'serves')
  await isReady(watched)
  const first = watched.pid()
  process.kill(first, 'SIGTERM')
  await until('a new pid', () => {
    const pid = watched.pid()
    return pid !== 0 && pid !== first
  })
  t.match(watched.events[1], { type: 'died', code: 0, signal: null, restartInMs: 20 })
})

t.test('a child that keeps dying is started after longer and longer waits', async (t) => {
  const { events } = supervise(t, 'exit 1', { firstMs: 10, maxMs: 35, resetAfterMs: 30_000 })
  const deaths = () => events.flatMap((event) => (event.type === 'died' ? [event.restartInMs] : []))
  await until('four deaths', () => deaths().length >= 4)
  t.same(deaths().slice(0, 4), [10, 20, 35, 35])
})

for (const exitCode of [75, 78]) {
  t.test(
    `a child that exits ${exitCode} is not started again, and has the last word`,
    async (t) => {
      const { supervisor, events, output } = supervise(t, `exit ${exitCode}`)
      t.equal(await supervisor.gaveUp, exitCode)
      t.match(events, [{ type: 'started' }, { type: 'gave-up', exitCode }])
      t.match(supervisor.status(), [{ state: 'stopped', pid: null, restarts: 0 }])
      t.match(output(), 'cannot run here', 'even without a line break')
    },
  )
}

t.test('stop ends a child by SIGTERM and leaves it ended', async (t) => {
  const watched = supervise(t, 'serves')
  await isReady(watched)
  const pid = watched.pid()
  await watched.supervisor.stop(PATIENCE_MS)
  t.notOk(await isRunning(pid))
  t.match(watched.supervisor.status(), [
    { state: 'stopped', restarts: 0, lastExit: { code: 0, signal: null } },
  ])
  t.same(
    watched.events.map(({ type }) => type),
    ['started'],
  )
})

t.test('stop kills a child that does not go in time', async (t) => {
  const watched = supervise(t, 'stubborn')
  await isReady(watched)
  await watched.supervisor.stop(50)
  t.match(watched.events.at(-1), { type: 'forced', afterMs: 50 })
  t.match(watched.supervisor.status(), [{ state: 'stopped', lastExit: { signal: 'SIGKILL' } }])
})

t.test('stop between two runs starts nothing more', async (t) => {
  const policy = { firstMs: 60_000, maxMs: 60_000, resetAfterMs: 30_000 }
  const { supervisor, events } = supervise(t, 'exit 1', policy)
  await until('it died', () => events.some(({ type }) => type === 'died'))
  t.match(supervisor.status(), [{ state: 'waiting' }])
  await supervisor.stop(PATIENCE_MS)
  t.match(supervisor.status(), [{ state: 'stopped' }])
})

t.test('a child stops in order when its supervisor is killed with -9', async (t) => {
  const supervisor = spawn(process.execPath, [fixture('lone-supervisor')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.teardown(() => supervisor.kill('SIGKILL'))
  const [line] = (await once(supervisor.stdout, 'data')) as [Buffer]
  const child = Number(line)
  t.ok(await isRunning(child))
  supervisor.kill('SIGKILL')
  await until('the child is gone', async () => !(await isRunning(child)))
})
