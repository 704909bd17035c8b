import t from 'tap'
import type { Peer } from '../src/peer.js'
import { createPeerMeters } from '../src/peer-meters.js'
import { sweepSocket } from '../src/socket-sweep.js'
import type { Connection } from '../src/transport/port.js'

const LIMITS = {
  pingIntervalMs: 20_000,
  idleTimeoutMs: 45_000,
  slowConsumerBytes: 1_000,
  slowConsumerMs: 5_000,
}

/** A socket on a line that takes as much as the test says. */
function createPeerOnLine() {
  const line = { unsent: 0, pings: 0, sent: [] as string[], closedWith: 0 }
  const connection: Connection = {
    send(message) {
      line.sent.push(String(message))
      return line.unsent > 0 ? 'buffered' : 'sent'
    },
    bufferedAmount: () => line.unsent,
    ping() {
      line.pings += 1
    },
    end(code) {
      line.closedWith = code
    },
    terminate() {},
  }
  const peer = {
    ...{ connection, scope: 'voice', seats: [], closed: false, lostOutput: false },
    ...{ lastSeenAt: 0, lastPingAt: 0, unsentSince: null },
    session: { language: 'ko', dismiss: () => {} },
    meters: createPeerMeters({ landmarkFps: 60, voiceFps: 60, controlPerSecond: 20 }),
  } as unknown as Peer
  return { peer, line, sweep: (atMs: number) => sweepSocket(peer, LIMITS, atMs) }
}

t.test('pings go out by the clock, whatever the traffic', async (t) => {
  const { peer, line, sweep } = createPeerOnLine()
  for (let atMs = 0; atMs <= 100_000; atMs += 1_000) {
    peer.lastSeenAt = atMs
    sweep(atMs)
  }
  t.equal(line.pings, 5)
})

t.test('too much unsent output is a slow consumer at once', async (t) => {
  const { line, sweep } = createPeerOnLine()
  line.unsent = 1_000
  sweep(1_000)
  t.equal(line.closedWith, 0)
  line.unsent = 1_001
  sweep(2_000)
  t.equal(line.closedWith, 4308)
  t.match(line.sent.at(-1), /SLOW_CONSUMER.*네트워크가 느려/)
})

t.test('a little unsent output is one when it stays', async (t) => {
  const { peer, line, sweep } = createPeerOnLine()
  line.unsent = 10
  sweep(1_000)
  sweep(6_000)
  t.equal(line.closedWith, 0)
  peer.lastSeenAt = 6_000
  line.unsent = 0
  sweep(6_100)
  line.unsent = 10
  sweep(7_000)
  sweep(12_000)
  t.equal(line.closedWith, 0, 'in between it had all been sent')
  sweep(12_001)
  t.equal(line.closedWith, 4308)
})

t.test('a message that was dropped is not passed over in silence', async (t) => {
  const { peer, line, sweep } = createPeerOnLine()
  peer.lostOutput = true
  sweep(1_000)
  t.equal(line.closedWith, 4308)
})

t.test('a closed socket is left alone', async (t) => {
  const { peer, line, sweep } = createPeerOnLine()
  peer.closed = true
  line.unsent = 1_000_000
  sweep(1_000_000)
  t.same([line.closedWith, line.pings, line.sent], [0, 0, []])
})
