import { createEvent } from '@bemore/core'
import t from 'tap'
import { createFrameLedger } from '../src/frame-ledger.js'

const START = { epoch: 'e', generation: 0, after: -1 }
const event = () => createEvent('session.paused', 0, {})

t.test('a frame is acknowledged when its part, and all before it, are durable', async (t) => {
  const ledger = createFrameLedger(START)
  for (const seq of [0, 1, 2]) ledger.take(seq, true)
  t.equal(ledger.ackSeq(), -1, 'they are in the open window')
  t.same(ledger.cut(), { ...START, from: 0, to: 2 })
  const first = event()
  ledger.sent(first)
  ledger.take(3, true)
  t.same(ledger.cut(), { ...START, from: 3, to: 3 })
  const second = event()
  ledger.sent(second)
  ledger.durable(second)
  t.equal(ledger.ackSeq(), -1, 'the first is not yet')
  ledger.durable(first)
  t.equal(ledger.ackSeq(), 3)
  t.equal(ledger.pendingParts, 0)
})

t.test('frames without effect follow those before them', async (t) => {
  const ledger = createFrameLedger(START)
  ledger.take(0, false)
  t.equal(ledger.ackSeq(), 0)
  ledger.take(1, true)
  ledger.take(2, false)
  t.equal(ledger.ackSeq(), 0)
  t.match(ledger.cut(), { from: 1, to: 2 })
  const part = event()
  ledger.sent(part)
  ledger.take(3, false)
  t.equal(ledger.ackSeq(), 0)
  ledger.durable(part)
  t.equal(ledger.ackSeq(), 3)
  t.equal(ledger.cut(), null, 'all are accounted for')
})

t.test('numbers the client left out are accounted for by the next part', async (t) => {
  const ledger = createFrameLedger({ ...START, generation: 2, after: 40 })
  t.equal(ledger.ackSeq(), 40)
  ledger.take(50, true)
  t.match(ledger.cut(), { generation: 2, after: 40, from: 41, to: 50 })
})

t.test('a part that was lost ends what can be acknowledged', async (t) => {
  const ledger = createFrameLedger(START)
  ledger.take(0, true)
  ledger.cut()
  ledger.sent(event())
  ledger.lost()
  ledger.take(1, false)
  t.equal(ledger.ackSeq(), -1)
  t.ok(ledger.broken)
})
