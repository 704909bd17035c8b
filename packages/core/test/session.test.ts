import t from 'tap'
import {
  activeDurationMs,
  createEvent,
  decideCommand,
  describeEventFault,
  foldSessionState,
  type NewSessionEvent,
  type SessionEvent,
  windowEndsAt,
  windowIndexAt,
} from '../src/index.js'

const START = 1_800_000_000_000

function logOf(...events: NewSessionEvent[]): SessionEvent[] {
  return events.map((event, index) => ({ ...event, sessionId: 'sess_test', seq: index + 1 }))
}

const started = createEvent('session.started', START, { language: 'ko' })

t.test('an empty log has no state; a started session is active', async (t) => {
  t.equal(foldSessionState([]), null)
  t.match(foldSessionState(logOf(started)), { status: 'active', startedAt: START, lastSeq: 1 })
})

t.test('pauses are remembered and taken off the active time', async (t) => {
  const state = foldSessionState(
    logOf(
      started,
      createEvent('session.paused', START + 10_000, {}),
      createEvent('session.resumed', START + 25_000, {}),
      createEvent('session.paused', START + 40_000, {}),
      createEvent('session.ended', START + 60_000, { reason: 'client' }),
    ),
  )
  t.match(state, { status: 'ended', endedAt: START + 60_000, endReason: 'client', lastSeq: 5 })
  t.equal(activeDurationMs(state!, START + 999_999), 25_000)
})

t.test('a pause that lasts counts up to now', async (t) => {
  const state = foldSessionState(logOf(started, createEvent('session.paused', START + 10_000, {})))
  t.equal(activeDurationMs(state!, START + 30_000), 10_000)
})

t.test('channels are open until they are closed', async (t) => {
  const channel = { channel: 'voice', connectionId: 'c1', processId: 'p1' } as const
  const opened = createEvent('channel.opened', START + 1, channel)
  t.equal(foldSessionState(logOf(started, opened))?.openChannels.size, 1)
  const closed = createEvent('channel.closed', START + 2, { ...channel, code: 1005 })
  t.equal(foldSessionState(logOf(started, opened, closed))?.openChannels.size, 0)
})

t.test('an event type from a newer release is skipped, not an error', async (t) => {
  const unknown = { type: 'dream.recalled', at: START + 5, data: {} } as unknown as NewSessionEvent
  t.match(foldSessionState(logOf(started, unknown)), { status: 'active', lastSeq: 2 })
})

t.test('commands are idempotent', async (t) => {
  t.same(decideCommand('paused', { type: 'pause' }, 1), { ok: true, events: [] })
  t.same(decideCommand('active', { type: 'resume' }, 1), { ok: true, events: [] })
  t.same(decideCommand('ended', { type: 'end', reason: 'client' }, 1), { ok: true, events: [] })
})

t.test('commands that change something say so with one event', async (t) => {
  t.same(decideCommand('active', { type: 'pause' }, 7), {
    ok: true,
    events: [{ type: 'session.paused', at: 7, data: {} }],
  })
  t.match(decideCommand('paused', { type: 'end', reason: 'abandoned' }, 7), {
    events: [{ type: 'session.ended', data: { reason: 'abandoned' } }],
  })
})

t.test('an ended session is not paused or resumed', async (t) => {
  t.same(decideCommand('ended', { type: 'pause' }, 1), { ok: false, code: 'SESSION_ENDED' })
  t.same(decideCommand('ended', { type: 'resume' }, 1), { ok: false, code: 'SESSION_ENDED' })
})

t.test('windows lie on the session clock, ten seconds each', async (t) => {
  t.equal(windowIndexAt(START, START), 0)
  t.equal(windowIndexAt(START, START + 9_999), 0)
  t.equal(windowIndexAt(START, START + 10_000), 1)
  t.equal(windowEndsAt(START, 1), START + 20_000)
  t.equal(windowIndexAt(START, START - 50), 0, 'a skewed clock does not make negative windows')
})

t.test(
  'events are held against their schema, and the fault does not repeat the data',
  async (t) => {
    t.equal(describeEventFault(started), null)
    t.match(describeEventFault({ type: 'dream.recalled', data: {} }), /unknown event type/)
    const fault = describeEventFault({ type: 'session.ended', data: { reason: 'a secret told' } })
    t.match(fault, /session\.ended/)
    t.notMatch(fault, /secret/)
  },
)
