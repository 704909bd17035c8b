/**
 * Looks at every socket on the process's own clock, whatever the traffic: sends the pings, closes who
 * has fallen silent, closes who does not read. An engine's own timeouts only see a socket when
 * something happens on it, and a peer that has stopped reading is one on which nothing happens.
 */
import type { RealtimeConfig } from '@bemore/ops'
import { closePeerWithError, type Peer } from './peer.js'

export type SweepLimits = Pick<
  RealtimeConfig,
  'pingIntervalMs' | 'idleTimeoutMs' | 'slowConsumerBytes' | 'slowConsumerMs'
>

/** One look at one socket at `atMs` (monotonic). */
export function sweepSocket(peer: Peer, limits: SweepLimits, atMs: number): void {
  const { connection } = peer
  if (connection === null || peer.closed) return
  if (isTooSlow(peer, connection.bufferedAmount(), limits, atMs)) {
    closePeerWithError(peer, 'SLOW_CONSUMER', 'slowConsumer', atMs)
  } else if (atMs - peer.lastSeenAt > limits.idleTimeoutMs) {
    closePeerWithError(peer, 'NO_SIGN_OF_LIFE', 'noPong', atMs)
  } else if (atMs - peer.lastPingAt >= limits.pingIntervalMs) {
    peer.lastPingAt = atMs
    connection.ping()
  }
}

function isTooSlow(peer: Peer, unsent: number, limits: SweepLimits, atMs: number): boolean {
  if (unsent === 0) peer.unsentSince = null
  else peer.unsentSince ??= atMs
  if (peer.lostOutput || unsent > limits.slowConsumerBytes) return true
  return peer.unsentSince !== null && atMs - peer.unsentSince > limits.slowConsumerMs
}
