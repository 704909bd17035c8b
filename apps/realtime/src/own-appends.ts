import type { NewSessionEvent, SessionEvent } from '@bemore/core'
import type { AppendedRange, KeyedEvent } from '@bemore/store'
import type { SessionRegistry } from './session-registry.js'

/**
 * What this process appended itself is applied from memory instead of being read back from the
 * database, where nothing of another process lies in between; otherwise the bus brings it all.
 */
export interface OwnAppends {
  /** @param lastSeq the `seq` of the last of `events`, which the log holds without a gap. */
  deliver(sessionId: string, events: readonly NewSessionEvent[], lastSeq: number): void
  /** The same for a batch of the queue. */
  deliverBatch(ranges: readonly AppendedRange[], events: readonly KeyedEvent[]): void
}

export function createOwnAppends(registry: SessionRegistry): OwnAppends {
  const deliver: OwnAppends['deliver'] = (sessionId, events, lastSeq) => {
    const session = registry.find(sessionId)
    const before = lastSeq - events.length
    if (session === undefined || session.appliedSeq !== before) return
    session.apply(
      events.map((event, i): SessionEvent => ({ ...event, sessionId, seq: before + i + 1 })),
    )
    registry.advance(sessionId, lastSeq)
  }

  return {
    deliver,
    deliverBatch(ranges, events) {
      const bySession = new Map<string, NewSessionEvent[]>()
      for (const { sessionId, event } of events) {
        const others = bySession.get(sessionId)
        if (others === undefined) bySession.set(sessionId, [event])
        else others.push(event)
      }
      for (const { sessionId, count, lastSeq } of ranges) {
        const own = bySession.get(sessionId) ?? []
        // Fewer than were sent: some had been appended by an earlier try, at places not told here.
        if (own.length === count) deliver(sessionId, own, lastSeq)
      }
    },
  }
}
