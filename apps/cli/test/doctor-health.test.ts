import t from 'tap'
import { diagnose } from '../src/doctor/diagnose.js'
import { readHealthReport } from '../src/doctor/health-report.js'
import { answering, startOddServer } from './fixtures/odd-server.js'

const SINCE = '2026-01-02T03:04:05.000Z'
const cause = (code: string) => ({ code, since: SINCE, detail: `detail of ${code}` })

const judge = async (
  t: Parameters<typeof startOddServer>[0],
  health: Readonly<Record<string, unknown>>,
  status = 200,
) => {
  const head = `HTTP/1.1 ${status} Whatever\r\ncontent-type: application/json`
  const url = await startOddServer(t, answering(head, JSON.stringify(health)))
  const diagnosis = await diagnose(url, { until: 'listen', stepMs: 1_000 })
  const failed = diagnosis.steps.find((step) => step.status === 'fail')?.id
  return {
    code: diagnosis.verdict?.code,
    failed,
    also: diagnosis.also.map((each) => each.code),
    diagnosis,
  }
}

t.test('a process that starts names what it waits for', async (t) => {
  const causes = [cause('STARTING'), cause('BUS_LOST'), cause('DATABASE_TIMEOUT')]
  const { code, failed, also, diagnosis } = await judge(t, { status: 'starting', causes }, 503)
  t.equal(code, 'DATABASE_TIMEOUT')
  t.equal(failed, 'database')
  t.same(also, ['BUS_LOST'])
  t.equal(diagnosis.verdict?.since, Date.parse(SINCE))
  t.match(diagnosis.verdict?.detail.en, /api: detail of DATABASE_TIMEOUT/)
})

t.test('a process that starts and names nothing is starting', async (t) => {
  const { code, failed } = await judge(t, { status: 'starting', causes: [] }, 503)
  t.equal(code, 'STARTING')
  t.equal(failed, 'health')
})

t.test('each layer has its step', async (t) => {
  for (const [code, step] of [
    ['DATABASE_READ_ONLY', 'database'],
    ['DATABASE_FULL', 'database'],
    ['MIGRATION_PENDING', 'migrations'],
    ['SCHEMA_BEYOND', 'migrations'],
    ['BUS_LOST', 'listen'],
  ] as const) {
    const seen = await judge(t, { status: 'degraded', causes: [cause(code)] })
    t.equal(seen.code, code)
    t.equal(seen.failed, step, code)
  }
})

t.test(
  'causes without a step of their own fail none, and are the verdict all the same',
  async (t) => {
    const causes = ['REALTIME_DOWN', 'CLOCK_SKEWED', 'EVENTS_WAITING', 'MEMORY_HIGH'].map(cause)
    const { code, failed, also, diagnosis } = await judge(t, { status: 'degraded', causes })
    t.equal(failed, undefined)
    t.equal(code, 'EVENTS_WAITING')
    t.same(also, ['MEMORY_HIGH', 'REALTIME_DOWN', 'CLOCK_SKEWED'])
    t.equal(diagnosis.steps.find(({ id }) => id === 'health')?.status, 'warn')
  },
)

t.test('a draining process is that first of all', async (t) => {
  const { code } = await judge(t, { status: 'draining', causes: [cause('DATABASE_BUSY')] }, 503)
  t.equal(code, 'DRAINING')
})

t.test('a wedged process names why', async (t) => {
  const { code } = await judge(t, { status: 'wedged', causes: [cause('BUS_BEYOND_REPAIR')] }, 503)
  t.equal(code, 'BUS_BEYOND_REPAIR')
})

t.test(
  'what a living realtime process reports counts; the dead and the own echo do not',
  async (t) => {
    const process = (id: string, kind: string, code: string, stale: boolean) => ({
      ...{ id, kind, status: 'degraded', stale, heartbeatAgeMs: 100 },
      causes: [{ code, since: SINCE }],
    })
    const report = readHealthReport(
      200,
      JSON.stringify({
        status: 'ok',
        causes: [],
        process: { id: 'own', kind: 'api' },
        processes: [
          process('own', 'api', 'BUS_LOST', false),
          process('dead', 'realtime', 'DATABASE_FULL', true),
          process('alive', 'realtime', 'JOURNAL_UNWRITABLE', false),
          // It cannot be: this came through the database.
          process('outdated', 'realtime', 'DATABASE_UNREACHABLE', false),
        ],
      }),
    )
    t.match(report?.causes, [
      { code: 'JOURNAL_UNWRITABLE', source: 'realtime', isOwn: false, since: Date.parse(SINCE) },
    ])
    t.equal(report?.causes.length, 1)
    t.equal(report?.processes?.length, 4)
  },
)

t.test('a state that no cause speaks of, and a cause that this code does not know', async (t) => {
  const health = {
    status: 'degraded',
    causes: [cause('FLUX_LOW')],
    database: { state: 'unreachable', since: SINCE },
  }
  t.match(readHealthReport(200, JSON.stringify(health))?.causes, [
    { code: 'DATABASE_UNREACHABLE' },
    { code: 'UNKNOWN', detail: 'FLUX_LOW detail of FLUX_LOW' },
  ])
})

t.test('what is no health is none', async (t) => {
  for (const text of ['', '[]', '{}', 'null', '{"status":"ok"}', '{"status":"fine","causes":[]}']) {
    t.equal(readHealthReport(200, text), null, text)
  }
})
