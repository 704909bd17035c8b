import { createEvent, type SessionEvent } from '@bemore/core'
import type { Bus, SessionRow, Store } from '@bemore/store'
import t from 'tap'
import { createReportCache } from '../src/reports/report-cache.js'
import { createReportReader } from '../src/reports/report-reader.js'

/**
 * The end of a session may come at any point while its report is being asked for. Which point is not
 * to be had from real processes on demand, so here the rows are dealt one by one.
 */
const AT = 1_800_000_000_000
const ROW: SessionRow = {
  id: 'sess_AAAAAAAAAAAAAAAAAAAAAA',
  status: 'active',
  ownerId: null,
  deviceId: null,
  language: 'en',
  startedAt: AT,
  endedAt: null,
  lastSeq: 1,
  openChannels: 1,
  connectedAt: AT,
  lastActiveAt: AT,
  consent: {},
}
const ENDED: SessionRow = { ...ROW, status: 'ended', endedAt: AT + 1 }

function createRig(rows: readonly SessionRow[], eventLimit = 10) {
  const steps: string[] = []
  const left = [...rows]
  const started: SessionEvent = {
    ...createEvent('session.started', AT, { language: 'en' }),
    sessionId: ROW.id,
    seq: 1,
  }
  const store = {
    sessions: { get: async () => left.shift() ?? null },
    log: {
      read: async (_id: string, since: number) => {
        if (since === 0) steps.push('read')
        return since === 0 ? [started] : []
      },
    },
  } as unknown as Store
  const hold = { seq: 0, advance() {}, release() {} }
  const reader = createReportReader({
    store,
    bus: { state: 'listening', hold: () => hold } as unknown as Bus,
    cache: createReportCache({ maxEntries: 10, maxBytes: 1_000_000 }),
    ending: {
      end: async () => null,
      settle: async () => void steps.push('settle'),
      underway: () => undefined,
    },
    flushWindows: async () => void steps.push('flush'),
    renderPdf: async () => Buffer.alloc(0),
    figures: { read: async () => ({ found: new Map(), isAll: true }) },
    eventLimit,
  })
  return { steps, ask: () => reader.read(ROW.id, 'report', 'en') }
}

t.test('a session that ends while its windows are flushed is waited for to settle', async (t) => {
  const rig = createRig([ROW, ENDED, { ...ENDED, openChannels: 0 }])
  await rig.ask()
  t.same(rig.steps, ['flush', 'settle', 'read'])
})

t.test('a log longer than may be folded is refused by name', async (t) => {
  const rig = createRig([ENDED, ENDED], 0)
  await t.rejects(rig.ask(), { code: 'SESSION_LOG_TOO_LONG' })
})

t.test('a running session is flushed once', async (t) => {
  const rig = createRig([ROW, ROW])
  await rig.ask()
  t.same(rig.steps, ['flush', 'read'])
})

t.test('channels that never close do not hold a report for ever', async (t) => {
  const rig = createRig([ENDED, ENDED])
  await rig.ask()
  t.same(rig.steps, ['settle', 'read'])
})
