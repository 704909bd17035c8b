/**
 * A closed window goes to the log first and to the client once it is there, so that what a user has
 * seen is what the report will say. While the database is away the client is told all the same, a
 * little later: the window waits in the queue, and the user should not have to.
 */
import type { FrameSpan, NewSessionEvent } from '@bemore/core'
import type { KeyedEvent } from '@bemore/store'
import type { Clock } from './clock.js'
import type { FrameLedger } from './frame-ledger.js'
import type { PartLedgers } from './part-ledgers.js'

/** How long a client waits for its window to be appended before it is told without, ms. */
export const APPEND_PATIENCE_MS = 1_500

export interface WindowPublisher {
  /**
   * @param ledger of the numbered frames in it; null: they are of a plain client.
   * @param describe the event; `frames` are those it accounts for.
   * @param tell tells the clients.
   */
  publish(
    sessionId: string,
    ledger: FrameLedger | null,
    describe: (frames: { readonly frames?: FrameSpan }) => NewSessionEvent,
    tell: () => void,
  ): void
  /** Tells the clients whose windows these events are. */
  appended(events: readonly KeyedEvent[]): void
  /** Tells those who have waited long enough. */
  releaseLate(): void
}

export interface WindowPublisherDeps {
  readonly clock: Clock
  readonly parts: PartLedgers
  push(sessionId: string, event: NewSessionEvent): void
}

interface Waiting {
  readonly sinceMs: number
  readonly tell: () => void
}

export function createWindowPublisher(deps: WindowPublisherDeps): WindowPublisher {
  const { clock, parts } = deps
  const waiting = new Map<NewSessionEvent, Waiting>()

  const tell = (event: NewSessionEvent): void => {
    const found = waiting.get(event)
    if (found === undefined) return
    waiting.delete(event)
    found.tell()
  }

  return {
    publish(sessionId, ledger, describe, tellClients) {
      const frames = ledger?.cut() ?? null
      const event = describe(frames === null ? {} : { frames })
      waiting.set(event, { tell: tellClients, sinceMs: clock.monotonicMs() })
      // Before the push, which may tell at once what became of it.
      if (ledger !== null && frames !== null) parts.sent(event, ledger)
      deps.push(sessionId, event)
    },
    appended(events) {
      for (const { event } of events) tell(event)
    },
    releaseLate() {
      const before = clock.monotonicMs() - APPEND_PATIENCE_MS
      for (const [event, { sinceMs }] of waiting) {
        if (sinceMs > before) return
        tell(event)
      }
    },
  }
}
