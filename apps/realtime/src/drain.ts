/**
 * The orderly end of this process's sockets. Every client is told at once when to leave, and is closed
 * when that moment comes: the existing web client reconnects a second after its close whatever it was
 * told, so it is the closes that spread the load on the next process. Until then frames are taken. With
 * each close the window goes to the log first: a deploy costs a user a reconnect and no measurement.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { spreadEvenly } from '@bemore/ops'
import type { Clock } from './clock.js'
import { closePeer, type Peer, send, serves } from './peer.js'
import type { SessionRegistry } from './session-registry.js'

/** How long closing waits for the windows to be appended; with the database away they never are. */
const FLUSH_PATIENCE_MS = 2_000
/** Those whose moments lie this close together leave together: one flush for all of them. */
const GROUP_MS = 100
/** A line cut while a close frame is on its way shows as 1006: the last of them get time to arrive. */
const LINGER_MS = 300

/** Left for those lines, and for a loop that is busy with all of it. */
const RESERVE_MS = 1_000

export interface DrainDeps {
  readonly registry: SessionRegistry
  readonly clock: Clock
  readonly spreadMs: number
  flush(): Promise<void>
}

/** @param withinMs the time there is for all of it; the spread is shortened to fit. */
export async function drainSockets(deps: DrainDeps, withinMs: number): Promise<void> {
  const { registry, clock, flush } = deps
  const peers = connectedPeers(registry)
  const spreadMs = Math.min(deps.spreadMs, withinMs - FLUSH_PATIENCE_MS - RESERVE_MS)
  const momentOf = spreadEvenly(peers.length, Math.max(0, spreadMs))
  const groups = new Map<number, Peer[]>()
  for (const [place, peer] of peers.entries()) {
    const reconnectAfterMs = momentOf(place)
    const data = { reconnectAfterMs, reason: 'the server is restarting' }
    send(peer, { type: 'draining', data }, clock.monotonicMs())
    const moment = Math.floor(reconnectAfterMs / GROUP_MS) * GROUP_MS
    groups.set(moment, [...(groups.get(moment) ?? []), peer])
  }
  const letGo = async (group: readonly Peer[]): Promise<void> => {
    for (const peer of group) if (serves(peer, 'landmarks')) peer.session.closeWindows()
    // The client hears of its last window before its close.
    await Promise.race([flush(), sleep(FLUSH_PATIENCE_MS, undefined, { ref: false })])
    for (const peer of group) closePeer(peer, 'draining')
  }
  await Promise.all([...groups].map(([moment, group]) => sleep(moment).then(() => letGo(group))))
  // Whoever was in the middle of its handshake when the others were told.
  const late = connectedPeers(registry)
  if (late.length > 0) await letGo(late)
  if (peers.length > 0) await sleep(LINGER_MS)
}

function connectedPeers(registry: SessionRegistry): Peer[] {
  return [...registry.all()].flatMap((session) => session.peers())
}
