import { createHealth, createLogger, EXIT, ExitError } from '@bemore/ops'
import {
  type BusState,
  type DatabaseState,
  type EventQueue,
  type SchemaState,
  StoreError,
} from '@bemore/store'
import t from 'tap'
import { createHealthMonitor } from '../src/health-monitor.js'
import { createRecentFrames } from '../src/recent-frames.js'
import { createTraffic } from '../src/traffic.js'
import { createManualClock } from './fixtures/manual-clock.js'

/** A monitor over dependencies that are as the test says. */
function createWatched() {
  const clock = createManualClock(1_000_000)
  const health = createHealth(clock.wallMs)
  const state = {
    schema: 'current' as SchemaState | Error,
    ping: null as StoreError | null,
    announced: 0,
    clockOffsetMs: null as number | null,
  }
  const bus = { state: 'listening' as BusState, since: clock.wallMs() }
  let dropped: Parameters<EventQueue['onDropped']>[0] = () => {}
  const queue = {
    size: 0,
    oldestAgeMs: 0,
    journal: { state: 'idle' as EventQueue['journal']['state'], bytes: 0, detail: '', damaged: 0 },
    onDropped(listener: typeof dropped) {
      dropped = listener
    },
  }
  const database: { state: DatabaseState } = {
    state: { state: 'reachable', since: 0, code: null, detail: null },
  }
  const { landmarks: frames } = createTraffic()
  const monitor = createHealthMonitor({
    config: { busGiveUpMs: 300_000, clockSkewMs: 5_000 },
    frames: createRecentFrames(frames, clock.monotonicMs()),
    ...{
      database,
      bus,
      queue,
      health,
      clock,
      log: createLogger({ name: 'realtime', level: 'silent' }),
    },
    store: {
      get clockOffsetMs() {
        return state.clockOffsetMs
      },
      async ping() {
        if (state.ping !== null) throw state.ping
      },
    },
    async checkSchema() {
      if (state.schema instanceof Error) throw state.schema
      return state.schema
    },
    async announce() {
      state.announced += 1
    },
  })
  const codes = () => health.snapshot().causes.map(({ code }) => code)
  return { clock, health, state, database, bus, queue, frames, monitor, codes, drop: () => dropped }
}

t.test('ready at the first contact with a database of the right schema', async (t) => {
  const { health, state, monitor, codes } = createWatched()
  state.schema = new StoreError('DATABASE_UNREACHABLE', 'refused')
  await monitor.checkDatabase()
  t.notOk(health.isReady())
  t.same(codes(), ['DATABASE_UNREACHABLE'])
  state.schema = 'pending'
  await monitor.checkDatabase()
  t.notOk(health.isReady())
  t.same(codes(), ['MIGRATION_PENDING'])
  state.schema = 'newer'
  await monitor.checkDatabase()
  t.ok(health.isReady())
  t.equal(state.announced, 1)
  t.match(health.snapshot(), { status: 'ok', causes: [] })
})

t.test('a schema beyond the code is not survived', async (t) => {
  const { state, monitor } = createWatched()
  state.schema = new ExitError(EXIT.config, 'beyond')
  await t.rejects(monitor.checkDatabase(), state.schema)
})

t.test('later troubles are causes, each in its turn, and no reason to be unready', async (t) => {
  const { health, state, monitor, codes } = createWatched()
  await monitor.checkDatabase()
  for (const code of ['DATABASE_TIMEOUT', 'DATABASE_UNREACHABLE'] as const) {
    state.ping = new StoreError(code, 'away')
    await monitor.checkDatabase()
    t.same(codes(), [code])
    t.ok(health.isReady())
  }
  state.ping = null
  await monitor.checkDatabase()
  t.equal(health.snapshot().status, 'ok')
})

t.test('a bus that stays lost is a cause', async (t) => {
  const { clock, bus, monitor, codes } = createWatched()
  bus.state = 'lost'
  clock.advance(15_000)
  monitor.inspect()
  t.same(codes(), [], 'it is given time to come back')
  clock.advance(1)
  monitor.inspect()
  t.same(codes(), ['BUS_LOST'])
  bus.state = 'listening'
  monitor.inspect()
  t.same(codes(), [])
})

t.test('a bus that does not come back while the database answers is beyond repair', async (t) => {
  const { clock, health, database, bus, monitor } = createWatched()
  const look = (ms: number) => {
    clock.advance(ms)
    monitor.inspect()
    return health.snapshot().status
  }
  await monitor.checkDatabase()
  bus.state = 'connecting'
  look(0)
  t.equal(look(900_000), 'degraded', 'behind a pooler it never listened: a restart mends nothing')
  bus.state = 'lost'
  database.state = {
    state: 'unreachable',
    since: 0,
    code: 'DATABASE_UNREACHABLE',
    detail: 'refused',
  }
  look(0)
  t.equal(look(900_000), 'degraded', 'with the database away there is nothing to listen to')
  database.state = { state: 'reachable', since: 0, code: null, detail: null }
  look(0)
  clock.setWall(clock.wallMs() + 3_600_000)
  t.equal(look(300_000), 'degraded', 'a wall clock that jumps ends nobody')
  t.equal(look(1), 'wedged')
  t.match(health.snapshot().causes.at(-1), { code: 'BUS_BEYOND_REPAIR' })
})

t.test('landmark frames of which most cannot be read are a cause', async (t) => {
  const { clock, health, frames, monitor, codes } = createWatched()
  frames.measured += 100
  for (let i = 0; i < 100; i++) frames.rejected.add(i < 60 ? 'BAD_DATA' : 'NOT_JSON')
  monitor.inspect()
  t.same(codes(), [], 'half of them is not most')
  frames.rejected.add('BAD_DATA')
  monitor.inspect()
  t.match(health.snapshot().causes, [
    { code: 'FRAMES_REJECTED', detail: '101 of 201 in the last minute, most often BAD_DATA' },
  ])
  clock.advance(30_000)
  monitor.inspect()
  t.same(codes(), ['FRAMES_REJECTED'])
  clock.advance(30_000)
  monitor.inspect()
  t.same(codes(), [], 'a minute later it is over')
})

t.test('a clock that differs from the database’s is a cause', async (t) => {
  const { health, state, monitor, codes } = createWatched()
  for (const offsetMs of [null, 5_000, -5_000]) {
    state.clockOffsetMs = offsetMs
    monitor.inspect()
    t.same(codes(), [], `${offsetMs}`)
  }
  state.clockOffsetMs = -3_600_000
  monitor.inspect()
  t.match(health.snapshot().causes, [{ code: 'CLOCK_SKEWED', detail: /3600 s ahead/ }])
  state.clockOffsetMs = 10
  monitor.inspect()
  t.same(codes(), [])
})

t.test('events that wait, and events that were lost, are causes', async (t) => {
  const { clock, queue, monitor, codes, drop } = createWatched()
  queue.oldestAgeMs = 5_001
  monitor.inspect()
  t.same(codes(), ['EVENTS_WAITING'])
  queue.oldestAgeMs = 0
  drop()('unknown-session', [{} as never])
  monitor.inspect()
  t.same(codes(), [], 'a deleted session is meant to leave nothing')
  drop()('full', [{} as never, {} as never])
  monitor.inspect()
  t.same(codes(), ['EVENTS_LOST'])
  clock.advance(600_000)
  monitor.inspect()
  t.same(codes(), [])
})

t.test('a journal that cannot be written, and one that cannot be read, are causes', async (t) => {
  const { queue, health, monitor, codes } = createWatched()
  queue.journal.state = 'unwritable'
  queue.journal.detail = 'ENOSPC: no space left on device, write'
  monitor.inspect()
  t.match(health.snapshot().causes, [{ code: 'JOURNAL_UNWRITABLE', detail: /ENOSPC/ }])
  queue.journal.state = 'holding'
  monitor.inspect()
  t.same(codes(), [])
  queue.journal.damaged = 3
  monitor.inspect()
  t.match(health.snapshot().causes, [{ code: 'EVENTS_LOST', detail: /^3 events/ }])
})
