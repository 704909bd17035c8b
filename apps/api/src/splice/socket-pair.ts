import type { Socket } from 'node:net'

/** How long one side may take to send on what the other left, once that is gone. */
const LINGER_MS = 5_000
/** A peer that vanished without a word is noticed by the kernel. */
const KEEP_ALIVE_MS = 30_000

/**
 * Carries bytes both ways until either side ends; then the other gets what is still under way, and
 * both are gone. Reading stops where the other side does not take more, so a slow client slows the
 * sender by TCP itself and nothing piles up here.
 */
export function joinSockets(left: Socket, right: Socket): void {
  for (const socket of [left, right]) {
    socket.setTimeout(0)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, KEEP_ALIVE_MS)
  }
  left.pipe(right)
  right.pipe(left)
  tieFate(left, right)
  tieFate(right, left)
}

function tieFate(gone: Socket, other: Socket): void {
  const letGo = () => {
    if (other.destroyed) return
    const timer = setTimeout(() => other.destroy(), LINGER_MS)
    other.once('close', () => clearTimeout(timer))
    other.destroySoon()
  }
  // WebSocket has no half-closed state: an end of one direction is the end of both.
  gone.once('end', letGo)
  gone.once('close', letGo)
}
