import type { SessionEvent } from '@bemore/core'
import type { EventLog } from '@bemore/store'

/** No session of a day comes near: 8,640 windows, and the comings and goings of its sockets. */
const MAX_EVENTS = 200_000

/**
 * Reads a session's log from its beginning, page by page, so that no statement gets long.
 * @throws Error for a log longer than any honest session's
 */
export async function readWholeLog(log: EventLog, sessionId: string): Promise<SessionEvent[]> {
  const events: SessionEvent[] = []
  for (;;) {
    const page = await log.read(sessionId, events.at(-1)?.seq ?? 0)
    if (page.length === 0) return events
    for (const event of page) events.push(event)
    if (events.length > MAX_EVENTS) throw new Error('the log of a session is too long to fold')
  }
}
