import type { ClientTally } from './client-tally.js'

/** A session as it was started over REST. */
export interface StartedSession {
  readonly id: string
  /** Unix ms, as the server said it. */
  readonly startedAt: number
}

/** Somebody with a camera: streams frames until told to stop, whatever happens to its sockets. */
export interface SessionClient {
  readonly session: StartedSession
  /** `plain`: as the web client behaves, no acknowledgements. */
  readonly kind: 'plain' | 'resuming'
  readonly tally: ClientTally
  readonly isConnected: boolean
  /** Frames the server said are durable; 0 for a plain client, which is never told. */
  readonly acknowledged: number
  /** Frames sent and not yet acknowledged; 0 for a plain client. */
  readonly unacknowledged: number
  /** What no server can have, in the client's own words: a gap announced at a reconnect. */
  readonly announcedLost: number
  start(): void
  /** No more frames; the sockets stay. */
  stopSending(): void
  close(): void
}
