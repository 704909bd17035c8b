/**
 * The orderly end of this process's sockets. Clients are told first and closed last, and between the
 * two their open windows go to the log: a deploy costs a user a reconnect and no measurement. Frames
 * that still come in between are taken; closing the sockets closes the windows once more.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerMessage } from '@bemore/protocol'
import type { Clock } from './clock.js'
import { closePeer, type Peer, send } from './peer.js'
import type { SessionRegistry } from './session-registry.js'

/** Clients come back spread over this time, so that the next process is not met by all at once, ms. */
export const RECONNECT_SPREAD_MS = 10_000
/** How long closing waits for the windows to be appended; with the database away they never are. */
const FLUSH_PATIENCE_MS = 2_000
/** The existing web client reconnects a second after its close whatever it was told: closes are paced. */
const CLOSES_AT_ONCE = 500
const CLOSE_PACE_MS = 100
/** A line cut while a close frame is on its way shows as 1006: the last of them get time to arrive. */
const LINGER_MS = 300

export interface DrainDeps {
  readonly registry: SessionRegistry
  readonly clock: Clock
  flush(): Promise<void>
}

export async function drainSockets({ registry, clock, flush }: DrainDeps): Promise<void> {
  const peers = connectedPeers(registry)
  for (const [place, peer] of peers.entries()) {
    send(peer, drainingNotice(place, peers.length), clock.monotonicMs())
  }
  for (const session of registry.all()) session.closeWindow()
  await Promise.race([flush(), sleep(FLUSH_PATIENCE_MS, undefined, { ref: false })])
  await closeInPace(peers)
  // Whoever was in the middle of its handshake when the others were told.
  await closeInPace(connectedPeers(registry))
  if (peers.length > 0) await sleep(LINGER_MS)
}

function connectedPeers(registry: SessionRegistry): Peer[] {
  return [...registry.all()].flatMap((session) => session.peers())
}

/** @param place of `count`: each client gets a moment of its own. */
function drainingNotice(place: number, count: number): ServerMessage {
  const reconnectAfterMs = Math.round((place / Math.max(1, count)) * RECONNECT_SPREAD_MS)
  return { type: 'draining', data: { reconnectAfterMs, reason: 'the server is restarting' } }
}

async function closeInPace(peers: readonly Peer[]): Promise<void> {
  for (let from = 0; from < peers.length; from += CLOSES_AT_ONCE) {
    if (from > 0) await sleep(CLOSE_PACE_MS)
    for (const peer of peers.slice(from, from + CLOSES_AT_ONCE)) closePeer(peer, 'draining')
  }
}
