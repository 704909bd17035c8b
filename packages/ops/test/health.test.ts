import t from 'tap'
import { createHealth } from '../src/index.js'

function build() {
  let now = 1_000
  const health = createHealth(() => now)
  return { health, advance: (ms: number) => (now += ms) }
}

t.test('health is starting until marked ready, then ok', async (t) => {
  const { health } = build()
  t.equal(health.snapshot().status, 'starting')
  t.notOk(health.isReady())
  health.markReady()
  t.same(health.snapshot(), { status: 'ok', causes: [] })
})

t.test('a cause keeps the moment it began while it is reported again', async (t) => {
  const { health, advance } = build()
  health.markReady()
  health.degrade('DATABASE_UNREACHABLE', 'refused')
  advance(5_000)
  health.degrade('DATABASE_UNREACHABLE', 'timed out')
  t.same(health.snapshot(), {
    status: 'degraded',
    causes: [{ code: 'DATABASE_UNREACHABLE', since: 1_000, detail: 'timed out' }],
  })
  health.recover('DATABASE_UNREACHABLE')
  t.equal(health.snapshot().status, 'ok')
})

t.test('a dependency missing at boot does not make a process look ready', async (t) => {
  const { health } = build()
  health.degrade('DATABASE_UNREACHABLE', 'refused')
  t.equal(health.snapshot().status, 'starting')
})

t.test('listeners hear of changes, and only of changes', async (t) => {
  const { health } = build()
  const heard: string[] = []
  health.onChange(({ status, causes }) => heard.push(`${status}:${causes.map((c) => c.code)}`))
  health.markReady()
  health.degrade('BUS_LOST', 'no echo')
  health.degrade('BUS_LOST', 'no echo')
  health.recover('MEMORY_HIGH')
  health.recover('BUS_LOST')
  t.same(heard, ['ok:', 'degraded:BUS_LOST', 'ok:'])
})

t.test('draining outranks what the checks say, and wedged is final', async (t) => {
  const { health } = build()
  health.markReady()
  health.markDraining()
  health.degrade('BUS_LOST', 'no echo')
  t.equal(health.snapshot().status, 'draining')
  health.markWedged('LOOP_STUCK', '12 s')
  health.markDraining()
  t.equal(health.snapshot().status, 'wedged')
})
