/**
 * A closed window goes to the log first and to the client once it is there, so that what a user has
 * seen is what the report will say. While the database is away the client is told all the same, a
 * little later: the window waits in the queue, and the user should not have to.
 */
import { createEvent, type FaceWindowData, type NewSessionEvent } from '@bemore/core'
import type { KeyedEvent } from '@bemore/store'
import type { Clock } from './clock.js'
import { emotionUpdateOf } from './emotion-update.js'
import type { FrameLedger } from './frame-ledger.js'
import type { LiveSession } from './live-session.js'
import type { PartLedgers } from './part-ledgers.js'

/** How long a client waits for its window to be appended before it is told without, ms. */
export const APPEND_PATIENCE_MS = 1_500

export interface WindowPublisher {
  /**
   * @param part what was closed, for the log.
   * @param whole the same with the parts of its window that were closed before, for the client.
   * @param ledger of the numbered frames in it; null: they are of a plain client.
   */
  publish(
    session: LiveSession,
    part: FaceWindowData,
    whole: FaceWindowData,
    ledger: FrameLedger | null,
  ): void
  /** Tells the clients whose windows these events are. */
  appended(events: readonly KeyedEvent[]): void
  /** Tells those who have waited long enough. */
  releaseLate(): void
}

export interface WindowPublisherDeps {
  readonly processId: string
  readonly clock: Clock
  readonly parts: PartLedgers
  push(sessionId: string, event: NewSessionEvent): void
}

interface Waiting {
  readonly session: LiveSession
  readonly whole: FaceWindowData
  readonly sinceMs: number
}

export function createWindowPublisher(deps: WindowPublisherDeps): WindowPublisher {
  const { clock, processId, parts } = deps
  const waiting = new Map<NewSessionEvent, Waiting>()

  const tell = (event: NewSessionEvent): void => {
    const found = waiting.get(event)
    if (found === undefined) return
    waiting.delete(event)
    const data = emotionUpdateOf(found.whole, clock.wallMs())
    const { session } = found
    // What a client need not be told again: everything the log had up to here.
    session.broadcast({ type: 'emotion_update', data, seq: session.appliedSeq }, 'landmarks')
  }

  return {
    publish(session, part, whole, ledger) {
      const frames = ledger?.cut() ?? null
      const data = { processId, window: part, ...(frames !== null && { frames }) }
      const event = createEvent('face.window', clock.wallMs(), data)
      waiting.set(event, { session, whole, sinceMs: clock.monotonicMs() })
      // Before the push, which may tell at once what became of it.
      if (ledger !== null && frames !== null) parts.sent(event, ledger)
      deps.push(session.id, event)
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
