import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { EXIT, PHASES } from '../src/index.js'
import { createStuckClock } from '../src/watchdog/stuck-clock.js'
import { spawnFixture } from './fixtures/spawn-fixture.js'

// Each of these starts processes, several times: more than the usual half a minute on a busy machine.
t.setTimeout(120_000)

t.test('time in which the watcher itself did not run does not count', async (t) => {
  const clock = createStuckClock(1_000)
  t.equal(clock.look(1, 0), 0)
  t.equal(clock.look(2, 1_000), 0)
  t.equal(clock.look(2, 2_000), 1_000)
  t.equal(clock.look(2, 3_000), 2_000)
  t.equal(clock.look(2, 3_600_000), 4_000, 'an hour of suspension is two looks')
  t.equal(clock.look(3, 3_601_000), 0)
})

t.test('a loop that is stuck in JavaScript ends its process with 70, and says why', async (t) => {
  const { child, line, lines, exited } = spawnFixture(t, 'watched-process', ['busy'])
  await line('listening')
  child.kill('SIGUSR2')
  t.match(await exited, { code: EXIT.software })
  t.match(lines.at(-1), {
    ...{ level: 'fatal', event: 'process.wedged', cause: 'LOOP_STUCK', name: 'bemore' },
    ...{ pid: child.pid, time: /Z$/ },
  })
})

t.test('one that is stuck in a system call is killed', async (t) => {
  const { child, line, lines, exited } = spawnFixture(t, 'watched-process', ['native'])
  await line('listening')
  child.kill('SIGUSR2')
  t.match(await exited, { signal: 'SIGKILL' })
  t.match(lines.at(-1), { event: 'process.wedged', cause: 'LOOP_STUCK' })
})

t.test('a process that was stopped for a while is not taken for stuck', async (t) => {
  const { child, line, lines, exited } = spawnFixture(t, 'watched-process', [])
  await line('listening')
  child.kill('SIGSTOP')
  // Three times what a loop is given, and some looks after it: the time is the subject here.
  await sleep(1_800)
  child.kill('SIGCONT')
  await sleep(800)
  child.kill('SIGTERM')
  t.match(await exited, { code: EXIT.ok })
  t.notOk(lines.some(({ event }) => event === 'process.wedged'))
})

t.test('a process that was marked as wedged stops in order, with 70', async (t) => {
  const { child, line, lines, exited } = spawnFixture(t, 'watched-process', ['wedged'])
  await line('listening')
  child.kill('SIGUSR2')
  t.match(await exited, { code: EXIT.software })
  t.match(await line('process.wedged'), { cause: 'BUS_BEYOND_REPAIR', level: 'fatal' })
  t.same(
    lines.filter(({ event }) => event === 'stop.phase').map(({ phase }) => phase),
    PHASES,
  )
})
