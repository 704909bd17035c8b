import { peekSeq, type ServerMessageData } from '@bemore/protocol'
import t from 'tap'
import { createFrameStream } from '../src/resuming-client-stream.js'

const LIMITS = {
  ...{ maxMessageBytes: 1, landmarkFramesPerSecond: 1, voiceFramesPerSecond: 1, pingIntervalMs: 1 },
  ...{ idleTimeoutMs: 1, slowConsumerBytes: 1, slowConsumerMs: 1 },
}
const ready = (data: Partial<ServerMessageData<'ready'>> = {}): ServerMessageData<'ready'> => ({
  ...{ recovered: true, epoch: 'e', generation: 0, ackedSeq: {}, receivedSeq: {}, credit: 100 },
  ...{ eventSeq: 1, heartbeatMs: 1, limits: LIMITS, ...data },
})
const ack = (seq: number, received: number, credit = 100) => {
  return { channel: 'landmarks' as const, seq, received, credit }
}

function openStream() {
  const wire: number[] = []
  const state = { settled: 0, now: 0 }
  const body = new Uint8Array(20)
  body[0] = 1
  const stream = createFrameStream(
    20_000,
    (frame) => wire.push(peekSeq(frame)),
    () => {
      state.settled += 1
    },
  )
  const film = (frames: number) => {
    for (let i = 0; i < frames; i++) {
      state.now += 100
      stream.take(body, state.now)
    }
  }
  return { stream, wire, state, film }
}

t.test('nothing is sent before ready, and no more than there is credit for', async (t) => {
  const { stream, wire, film } = openStream()
  film(5)
  t.same(wire, [])
  stream.ready(ready({ recovered: false, credit: 3 }))
  t.same(wire, [0, 1, 2])
  stream.ack(ack(-1, 2, 0))
  film(1)
  t.same(wire, [0, 1, 2])
  stream.ack(ack(-1, 2, 2))
  t.same(wire, [0, 1, 2, 3, 4])
})

t.test('what the server has not taken is sent again, and counts as sent again', async (t) => {
  const { stream, wire, state, film } = openStream()
  stream.ready(ready({ recovered: false }))
  film(10)
  stream.ack(ack(3, 9))
  stream.disconnected()
  film(2)
  t.match(stream.resume, { epoch: 'e', ackedSeq: 3, lastSeq: 9 })
  wire.length = 0
  stream.ready(ready({ ackedSeq: { landmarks: 5 }, receivedSeq: { landmarks: 7 }, generation: 1 }))
  t.same(wire, [8, 9, 10, 11])
  stream.ack(ack(11, 11))
  t.match(stream.counts, { sent: 12, acked: 12, gaps: 0, resent: 2 })
  t.ok(stream.settled && state.settled > 0)
})

t.test('what the ring let go of is a gap, told once however often it is missed', async (t) => {
  const { stream, wire, film } = openStream()
  stream.ready(ready({ recovered: false }))
  film(50)
  stream.disconnected()
  film(200)
  for (const generation of [1, 2]) {
    wire.length = 0
    stream.ready(ready({ generation, credit: 1_000 }))
    t.equal(wire[0], 49)
    t.equal(stream.counts.gaps, 49)
    stream.disconnected()
  }
  stream.ready(ready({ generation: 3, credit: 1_000 }))
  stream.ack(ack(249, 249))
  t.match(stream.counts, { sent: 250, acked: 201, gaps: 49 })
})

t.test(
  'under a new epoch, frames that were sent are given up and those that were not are sent',
  async (t) => {
    const { stream, wire, film } = openStream()
    stream.ready(ready({ recovered: false }))
    film(4)
    stream.ack(ack(1, 3))
    stream.disconnected()
    film(2)
    wire.length = 0
    stream.ready(ready({ recovered: false, epoch: 'f' }))
    t.same(wire, [4, 5])
    stream.ack(ack(5, 5))
    t.match(stream.counts, { sent: 6, acked: 4, gaps: 2 })
  },
)
