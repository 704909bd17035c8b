import type { WebSocket } from 'uWebSockets.js'

/**
 * Runs work inside a callback of uWebSockets.js, where alone it wants responses to be written: outside
 * it complains on stderr, a line each time. Its `cork` is no way out for an upgrade: where the socket
 * is not moved in memory by it, `cork` takes the new WebSocket's state for that of a response and
 * may shut it down at once (uNetworking/uWebSockets#1929). But a socket that subscribes to a topic is
 * told of it in a callback, there and then.
 */
export interface EngineCallback {
  /** Runs `work` before it returns. With no socket open there is no callback, only the complaint. */
  run(work: () => void): void
  /** To be called from the `subscription` handler. */
  subscribed(): void
  opened(socket: WebSocket<unknown>): void
  closed(socket: WebSocket<unknown>): void
}

const TOPIC = 'callback'

export function createEngineCallback(): EngineCallback {
  const sockets = new Set<WebSocket<unknown>>()
  let waiting: (() => void) | null = null

  const runWaiting = (): void => {
    const work = waiting
    waiting = null
    work?.()
  }

  return {
    run(work) {
      waiting = work
      const [lender] = sockets
      lender?.subscribe(TOPIC)
      // The work may have closed the lender: the new socket can be the one that replaces it.
      if (lender !== undefined && sockets.has(lender)) lender.unsubscribe(TOPIC)
      runWaiting()
    },
    subscribed: runWaiting,
    opened(socket) {
      sockets.add(socket)
    },
    closed(socket) {
      sockets.delete(socket)
    },
  }
}
