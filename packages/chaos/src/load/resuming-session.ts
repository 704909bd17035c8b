/** The reference client of @bemore/testing as one of the load: it is promised frames and holds to it. */
import type { SocketScope } from '@bemore/protocol'
import { createResumingClient, type ResumingClient } from '@bemore/testing'
import { createClientTally } from './client-tally.js'
import type { FrameSource } from './frame-source.js'
import type { SessionClient, StartedSession } from './session-client.js'

export interface ResumingSessionOptions {
  readonly session: StartedSession
  /** `ws://host:port` of its sockets. */
  readonly base: string
  readonly scopes: readonly SocketScope[]
  readonly frames: FrameSource
  readonly framesPerSecond: number
}

/** How often the connection is looked at: outages shorter than this may be missed. */
const LOOK_MS = 50

export function createResumingSession(options: ResumingSessionOptions): SessionClient {
  const { session, base, scopes, frames, framesPerSecond } = options
  const tally = createClientTally(session.startedAt)
  const urlOf = (scope: SocketScope) =>
    `${base}/ws/${scope === 'all' ? '' : `${scope}/`}${session.id}`
  let client: ResumingClient | null = null
  let timers: NodeJS.Timeout[] = []
  let wasReady = false

  const look = () => {
    const isReady = client?.ready === true
    if (isReady === wasReady) return
    wasReady = isReady
    if (isReady) tally.connected()
    else tally.disconnected()
  }
  const stop = () => {
    for (const timer of timers) clearInterval(timer)
    timers = []
  }

  return {
    session,
    kind: 'resuming',
    tally,
    get isConnected() {
      return client?.ready === true
    },
    get acknowledged() {
      return client?.counts.acked ?? 0
    },
    get unacknowledged() {
      return client?.unacked ?? 0
    },
    get announcedLost() {
      return client?.counts.gaps ?? 0
    },
    start() {
      client = createResumingClient({ urlOf, scopes })
      const sendFrame = () => {
        client?.send(frames.body(tally.sent))
        tally.countFrame(Date.now())
      }
      timers = [setInterval(sendFrame, 1_000 / framesPerSecond), setInterval(look, LOOK_MS)]
    },
    stopSending: stop,
    close() {
      stop()
      client?.close()
    },
  }
}
