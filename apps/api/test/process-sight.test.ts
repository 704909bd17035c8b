import type { RunningProcess } from '@bemore/store'
import t from 'tap'
import { createProcessLookout } from '../src/background/process-sight.js'

const STALE_MS = 15_000

function running(id: string, heartbeatAgeMs: number, info: object = {}): RunningProcess {
  const now = 1_700_000_000_000
  return {
    ...{ id, kind: 'realtime', startedAt: now - 60_000, heartbeatAt: now - heartbeatAgeMs },
    ...{ heartbeatAgeMs, info, drainRequestedAt: null },
  }
}

t.test('a process that misses its heartbeats is shown as stale for an hour', async (t) => {
  const lookout = createProcessLookout(STALE_MS, () => 0)
  t.equal(lookout.realtimeProcesses, null, 'not known yet')
  lookout.see([running('fresh', 0), running('dead', 20_000), running('old', 2 * 3_600_000)])
  t.equal(lookout.realtimeProcesses, 1)
  t.match(lookout.summaries(), [
    { id: 'fresh', stale: false },
    { id: 'dead', stale: true, heartbeatAgeMs: 20_000 },
  ])
  t.equal(lookout.summaries().length, 2)
})

t.test('ages go on while the database cannot be asked', async (t) => {
  let nowMs = 0
  const lookout = createProcessLookout(STALE_MS, () => nowMs)
  lookout.see([running('a', 1_000)])
  nowMs = 60_000
  t.match(lookout.summaries(), [{ heartbeatAgeMs: 61_000 }])
})

t.test('a report of another version, or nonsense, is unknown and not an error', async (t) => {
  const lookout = createProcessLookout(STALE_MS, () => 0)
  lookout.see([
    running('older', 0, { version: '0.1.0', port: 8_001 }),
    running('strange', 0, { status: 'splendid', causes: [null, { code: 'x'.repeat(1_000) }] }),
    running('wrong', 0, { causes: 'none', connections: -1 }),
  ])
  const [older, strange, wrong] = lookout.summaries()
  t.match(older, { version: '0.1.0', commit: 'unknown', status: 'unknown', causes: [] })
  t.match(strange, { status: 'unknown', causes: [{ code: 'unknown' }, { since: 'unknown' }] })
  t.equal(strange?.causes[1]?.code.length, 64)
  t.strictSame(wrong?.causes, [])
  t.equal(wrong?.connections, undefined)
})

t.test('what is shown is bounded', async (t) => {
  const lookout = createProcessLookout(STALE_MS, () => 0)
  lookout.see(Array.from({ length: 500 }, (_, index) => running(`p${index}`, index * 1_000)))
  t.equal(lookout.summaries().length, 50)
})
