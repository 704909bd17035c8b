import {
  createEvent,
  createFaceWindow,
  type NewSessionEvent,
  type SessionEvent,
} from '@bemore/core'
import type { HelloData } from '@bemore/protocol'
import t from 'tap'
import { decideResume } from '../src/resume-decision.js'

const NOW = 1_000_000
const window = createFaceWindow().toData(0, 0, 10_000)

const opened = (connectionId: string, at: number) =>
  createEvent('channel.opened', at, { channel: 'landmarks', connectionId, processId: 'a' })
const closed = (connectionId: string, at: number) =>
  createEvent('channel.closed', at, {
    channel: 'landmarks',
    connectionId,
    processId: 'a',
    code: 1006,
  })
const part = (from: number, to: number, generation = 0, after = -1, at = NOW) => {
  const frames = { epoch: 'e', generation, after, from, to }
  return createEvent('face.window', at, { processId: 'a', window, frames })
}
const decide = (hello: Omit<HelloData, 'sdk'>, ...events: readonly NewSessionEvent[]) =>
  decideResume({
    epoch: 'e',
    hello: { sdk: 'test', ...hello },
    tail: events.map((event, i): SessionEvent => ({ ...event, sessionId: 's', seq: i + 1 })),
    ...{ channels: ['landmarks'], ownConnectionIds: ['own'], now: NOW, resumeWindowMs: 120_000 },
  })?.get('landmarks') ?? null

t.test('goes on after what is in the log, beyond what the client knows of', async (t) => {
  const log = [opened('e', NOW), part(0, 99), part(100, 180)]
  const hello = { generation: 0, ackedSeq: { landmarks: 99 } }
  t.same(decide(hello, ...log), { epoch: 'e', generation: 1, after: 180 })
  t.same(decide({ generation: 0 }, ...log), { epoch: 'e', generation: 1, after: 180 })
})

t.test('goes on after what was acknowledged, where that is still in a journal', async (t) => {
  const hello = { generation: 0, ackedSeq: { landmarks: 150 } }
  const start = { epoch: 'e', generation: 1, after: 150 }
  t.same(decide(hello, opened('e', NOW)), start)
  t.same(decide(hello, opened('e', NOW), part(200, 220)), start, 'and never over a hole')
})

t.test('builds only on the generation that promised something', async (t) => {
  const log = [opened('e', NOW), part(0, 99), part(100, 180)]
  const hello = { generation: 1, ackedSeq: { landmarks: 99 } }
  t.same(decide(hello, ...log), { epoch: 'e', generation: 2, after: 99 })
  t.same(decide(hello, ...log, part(100, 200, 1, 99)), { epoch: 'e', generation: 2, after: 200 })
})

t.test('an unknown epoch, or one of too long ago, is over', async (t) => {
  const hello = { generation: 0 }
  t.equal(decide(hello), null)
  t.equal(decide(hello, opened('other', NOW), opened('own', NOW)), null)
  const long = NOW - 120_001
  t.equal(decide(hello, opened('e', long), part(0, 9, 0, -1, long), closed('e', long)), null)
  t.ok(decide(hello, opened('e', long), closed('e', NOW - 119_000)))
  t.ok(decide(hello, opened('e', long)), 'a process that died closed nothing')
})

t.test('a client that numbers its frames from the start again is not the same', async (t) => {
  const hello = { generation: 0, lastFrameSeq: { landmarks: 50 } }
  t.equal(decide(hello, opened('e', NOW), part(0, 99)), null)
})

t.test(
  'with nothing acknowledged, a beginning that is missing is no place to go on from',
  async (t) => {
    t.equal(decide({ generation: 0 }, opened('e', NOW), part(50, 99)), null)
    t.match(decide({ generation: 0 }, opened('e', NOW)), { after: -1 }, 'nothing is missing yet')
  },
)
