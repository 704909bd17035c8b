import t from 'tap'
import { createSteadyClock } from '../src/index.js'

const TOLERANCE_MS = 5_000
const HOUR = 3_600_000
/** What a right clock showed when the monotonic one was 0. */
const EPOCH = 999_950

function createHost() {
  const host = { wall: 1_000_000, monotonic: 50 }
  const pass = (ms: number) => {
    host.wall += ms
    host.monotonic += ms
  }
  const clock = createSteadyClock({
    wallMs: () => host.wall,
    monotonicMs: () => host.monotonic,
  })
  return { host, pass, clock }
}

t.test('a host clock that is set ahead and back moves no window', async (t) => {
  const { host, pass, clock } = createHost()
  pass(1_000)
  host.wall += HOUR
  // The database was last asked before the jump; or it has been away since.
  clock.settle(EPOCH, TOLERANCE_MS)
  clock.settle(null, TOLERANCE_MS)
  pass(1_000)
  t.equal(clock.wallMs(), 1_002_000)
  host.wall -= HOUR
  clock.settle(EPOCH, TOLERANCE_MS)
  t.equal(clock.wallMs(), 1_002_000)
})

t.test('a clock that was wrong from the start is put right with the host', async (t) => {
  const { host, clock } = createHost()
  host.wall -= HOUR
  clock.settle(null, TOLERANCE_MS)
  t.equal(clock.wallMs(), 1_000_000, 'not before the database has said who is right')
  clock.settle(EPOCH - HOUR + 20, TOLERANCE_MS)
  t.equal(clock.wallMs(), 1_000_000 - HOUR)
})

t.test('time in which the machine was suspended is made up for', async (t) => {
  const { host, clock } = createHost()
  host.wall += HOUR
  clock.settle(EPOCH, TOLERANCE_MS)
  t.equal(clock.wallMs(), 1_000_000, 'not before the database was asked again')
  clock.settle(EPOCH + HOUR, TOLERANCE_MS)
  t.equal(clock.wallMs(), 1_000_000 + HOUR)
  t.equal(clock.monotonicMs(), 50)
})
