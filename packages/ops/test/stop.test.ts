import t from 'tap'
import { EXIT, PHASES } from '../src/index.js'
import { type LogLine, spawnFixture } from './fixtures/spawn-fixture.js'

// Each of these starts processes, several times: more than the usual half a minute on a busy machine.
t.setTimeout(120_000)

const TIME_FOR_STOP_MS = 1_200

const phasesOf = (lines: readonly LogLine[], event: string) =>
  lines.filter((line) => line['event'] === event).map(({ phase }) => phase)

t.test('a signal stops a process phase by phase, and it exits 0', async (t) => {
  const { child, lines, line, exited } = spawnFixture(t, 'stopping-process', [])
  await line('listening')
  child.kill('SIGTERM')
  t.match(await exited, { code: EXIT.ok })
  t.same(phasesOf(lines, 'step.begin'), PHASES)
  t.same(phasesOf(lines, 'stop.phase'), PHASES)
  t.match(lines.at(-1), { event: 'stop.end', clean: true, exitCode: EXIT.ok })
})

for (const stuck of PHASES) {
  t.test(`with ${stuck} stuck the other phases still happen, in time`, async (t) => {
    const { child, lines, line, exited } = spawnFixture(t, 'stopping-process', [stuck])
    await line('listening')
    child.kill('SIGTERM')
    t.match(await exited, { code: EXIT.ok })
    t.same(phasesOf(lines, 'step.begin'), PHASES)
    for (const phase of lines.filter(({ event }) => event === 'stop.phase')) {
      t.equal(phase['clean'], phase['phase'] !== stuck, String(phase['phase']))
    }
    t.match(
      lines.find(({ event }) => event === 'stop.step_failed'),
      { phase: stuck, step: `${stuck} step` },
    )
    const end = lines.at(-1)
    t.match(end, { event: 'stop.end', clean: false })
    // As measured by itself: how long a busy machine takes to start and reap it is no subject here.
    t.ok(Number(end?.['ms']) <= TIME_FOR_STOP_MS + 500, `${end?.['ms']} ms`)
  })
}

t.test('a second signal ends it at once', async (t) => {
  const { child, lines, line, exited } = spawnFixture(t, 'stopping-process', ['drain'])
  await line('listening')
  child.kill('SIGTERM')
  await line('stop.begin')
  child.kill('SIGINT')
  t.match(await exited, { code: EXIT.interrupted })
  t.notOk(lines.some(({ event }) => event === 'stop.end'))
})

t.test('an error that nobody caught ends it in order, with 70', async (t) => {
  const { lines, exited } = spawnFixture(t, 'stopping-process', ['none', 'throws'])
  t.match(await exited, { code: EXIT.software })
  t.match(
    lines.find(({ level }) => level === 'fatal'),
    { event: 'process.unhandled', err: { message: 'nobody caught this' } },
  )
  t.same(phasesOf(lines, 'stop.phase'), PHASES)
})
