import { setTimeout as delay } from 'node:timers/promises'
import { createEvent, type SessionEvent } from '@bemore/core'
import type { Bus, SessionRow, Store } from '@bemore/store'
import t from 'tap'
import { createCatchUp } from '../src/reports/catch-up.js'
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

function createRig(
  rows: readonly SessionRow[],
  { eventLimit = 10, isEnding = false, endsAfterMs = 0 } = {},
) {
  const steps: string[] = []
  const waits: number[] = []
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
    catchUp: createCatchUp({
      store,
      ending: {
        end: async () => null,
        settle: async (_id, withinMs) => {
          steps.push('settle')
          waits.push(withinMs)
        },
        underway: () => undefined,
      },
      flushWindows: async () => void steps.push('flush'),
      async waitForEnd() {
        steps.push('wait')
        await delay(endsAfterMs)
        return isEnding
      },
      timeoutMs: 900,
    }),
    renderPdf: async () => Buffer.alloc(0),
    figures: { read: async () => ({ found: new Map(), isAll: true }) },
    eventLimit,
  })
  return {
    ...{ steps, waits },
    ask: (options?: { awaitsEnd: boolean }) => reader.read(ROW.id, 'report', 'en', options),
  }
}

t.test('a session that ends while its windows are flushed is waited for to settle', async (t) => {
  const rig = createRig([ROW, ENDED, { ...ENDED, openChannels: 0 }])
  await rig.ask()
  t.same(rig.steps, ['flush', 'settle', 'read'])
})

t.test('a log longer than may be folded is refused by name', async (t) => {
  const rig = createRig([ENDED, ENDED], { eventLimit: 0 })
  await t.rejects(rig.ask(), { code: 'SESSION_LOG_TOO_LONG' })
})

t.test('a running session is flushed once', async (t) => {
  const rig = createRig([ROW, ROW])
  await rig.ask()
  t.same(rig.steps, ['flush', 'read'])
})

t.test('the end of a running session is waited for where that is asked', async (t) => {
  const rig = createRig([ROW, { ...ENDED, openChannels: 0 }], { isEnding: true })
  await rig.ask({ awaitsEnd: true })
  t.same(rig.steps, ['flush', 'wait', 'read'])
})

t.test('a session that does not end is waited for once', async (t) => {
  const rig = createRig([ROW, ROW])
  await rig.ask({ awaitsEnd: true })
  t.same(rig.steps, ['flush', 'wait', 'read'])
})

t.test('channels that never close do not hold a report for ever', async (t) => {
  const rig = createRig([ENDED, ENDED])
  await rig.ask()
  t.same(rig.steps, ['settle', 'read'])
})

t.test('what was waited for an end is taken off the wait for its channels', async (t) => {
  const rig = createRig([ROW, ENDED, ENDED], { isEnding: true, endsAfterMs: 30 })
  await rig.ask({ awaitsEnd: true })
  t.same(rig.steps, ['flush', 'wait', 'settle', 'read'])
  t.ok((rig.waits[0] ?? 900) <= 900 - 29, `${rig.waits[0]} ms are left`)
})
