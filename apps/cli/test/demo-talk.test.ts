import t from 'tap'
import type { SessionSockets } from '../src/demo/session-sockets.js'
import { createSpokenTally } from '../src/demo/spoken-tally.js'
import { createTalk } from '../src/demo/talk.js'
import { until } from './fixtures/until.js'

const PLAN = {
  lines: [
    { id: 'demo-1', text: 'one', effort: 0, fromMs: 0, toMs: 10 },
    { id: 'demo-2', text: 'two', effort: 0, fromMs: 20, toMs: 30 },
  ],
  chat: { text: 'and now?', atMs: 40 },
}

interface Sent {
  readonly type: string
  readonly data: { readonly id?: string; readonly text?: string; readonly message?: string }
}

/** Sockets that open and close as told, and a clock that a test sets. */
function startTalk(test: { teardown(fn: () => unknown): void }) {
  const sent: Sent[] = []
  const state = { open: true, nowMs: 0, refused: 0 }
  const sockets: SessionSockets = {
    send(_channel, payload) {
      if (state.open) sent.push(JSON.parse(String(payload)) as Sent)
      else state.refused += 1
      return state.open
    },
    states: () => [],
    allOpenWithin: async () => {},
    close: () => {},
  }
  const spoken = createSpokenTally()
  const talk = createTalk(PLAN, 'en', spoken)
  const stopping = new AbortController()
  const clock = { start: () => {}, elapsedMs: () => state.nowMs }
  const running = talk.run({ totalMs: 50, sockets, clock, stop: stopping.signal })
  test.teardown(() => stopping.abort())
  const timesSent = (id: string) => sent.filter(({ data }) => data.id === id).length
  return { sent, state, spoken, talk, running, timesSent }
}

t.test('a line is said when its last word is spoken, until it is taken', async (t) => {
  const { state, spoken, timesSent } = startTalk(t)
  state.nowMs = 10
  await until('the first line', () => timesSent('demo-1') === 1)
  t.equal(timesSent('demo-2'), 0)
  state.nowMs = 2_100
  await until('both again', () => timesSent('demo-1') === 2 && timesSent('demo-2') === 1)
  spoken.take('demo-1')
  state.nowMs = 4_200
  await until('the second again', () => timesSent('demo-2') === 2)
  t.equal(timesSent('demo-1'), 2)
})

t.test('what finds no connection is said when there is one', async (t) => {
  const { state, timesSent, spoken, running } = startTalk(t)
  state.open = false
  state.nowMs = 100
  await until('it was tried', () => state.refused > 2)
  t.equal(spoken.said.size, 0)
  state.open = true
  await until('it is said', () => timesSent('demo-1') === 1 && timesSent('demo-2') === 1)
  for (const { id } of PLAN.lines) spoken.take(id)
  spoken.beginReply('r')
  spoken.endReply('r', 'local', null)
  await running
  t.same([...spoken.said], ['demo-1', 'demo-2'])
})

t.test('what was taken is said again where the connection was lost', async (t) => {
  const { state, timesSent, spoken, talk } = startTalk(t)
  state.nowMs = 10
  await until('the first line', () => timesSent('demo-1') === 1)
  spoken.take('demo-1')
  talk.reopened('voice')
  await until('again', () => timesSent('demo-1') === 2)
  t.equal(timesSent('demo-2'), 0, 'what was not said yet waits for its time')
})

t.test('a reply that is being written is waited for, and asked for anew once lost', async (t) => {
  const { sent, state, spoken, talk } = startTalk(t)
  const asked = () => sent.filter(({ type }) => type === 'request_ai_response').length
  state.nowMs = 40
  await until('it is asked', () => asked() === 1)
  spoken.beginReply('r1')
  state.nowMs = 2_500
  await until('lines are said again', () => sent.filter(({ data }) => data.id).length >= 4)
  t.equal(asked(), 1)
  talk.reopened('session')
  await until('it is asked again', () => asked() === 2)
})

t.test('nobody answers: there is an end to it', async (t) => {
  const { state, running } = startTalk(t)
  state.nowMs = 60_000
  await running
  t.pass('given up')
})
