import t from 'tap'
import { type HealthReport, readHealthReport } from '../src/doctor/health-report.js'
import { watchRealtimeLife } from '../src/doctor/realtime-life.js'

const LIMIT_MS = 1_200

/** What `/health` says of one realtime process at each reading; the last for all later ones. */
function healthOf(...processes: readonly (Readonly<Record<string, unknown>> | 'down' | null)[]) {
  const readings = processes.map((process) =>
    readHealthReport(
      200,
      JSON.stringify({
        status: 'ok',
        causes: process === 'down' ? [{ code: 'REALTIME_DOWN', since: 0, detail: '' }] : [],
        ...(process !== null && {
          processes: process === 'down' ? [] : [{ id: 'a', kind: 'realtime', ...process }],
        }),
      }),
    ),
  )
  let at = 0
  return async (): Promise<HealthReport | null> =>
    readings[Math.min(at++, readings.length - 1)] ?? null
}

const watch = (read: () => Promise<HealthReport | null>) =>
  watchRealtimeLife(read, LIMIT_MS, new AbortController().signal)

t.test('a heartbeat that gets younger is a new one', async (t) => {
  t.equal(await watch(healthOf({ heartbeatAgeMs: 4_000 }, { heartbeatAgeMs: 100 })), 'alive')
})

t.test('one from before the look, which the API has only now read, is not', async (t) => {
  t.equal(await watch(healthOf({ heartbeatAgeMs: 4_000 }, { heartbeatAgeMs: 1_500 })), 'dead')
})

t.test('one that only ages is the last of a dead process', async (t) => {
  const ages = [100, 600, 600, 1_100].map((heartbeatAgeMs) => ({ heartbeatAgeMs }))
  t.equal(await watch(healthOf(...ages)), 'dead')
})

t.test('the API has given it up', async (t) => {
  t.equal(await watch(healthOf({ heartbeatAgeMs: 100 }, 'down')), 'dead')
})

t.test('all that run are stopping', async (t) => {
  t.equal(await watch(healthOf({ heartbeatAgeMs: 100, status: 'draining' })), 'draining')
})

t.test('an older server lists none, and has not given it up in that time', async (t) => {
  t.equal(await watch(healthOf(null)), 'alive')
})
