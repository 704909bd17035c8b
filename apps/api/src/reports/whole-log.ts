import type { SessionEvent } from '@bemore/core'
import type { EventLog } from '@bemore/store'
import { ApiError } from '../http/api-error.js'

/**
 * Reads a session's log from its beginning, page by page, so that no statement gets long.
 * @throws ApiError SESSION_LOG_TOO_LONG beyond `limit`: a fold of it would stall every other request
 */
export async function readWholeLog(
  log: EventLog,
  sessionId: string,
  limit: number,
): Promise<SessionEvent[]> {
  const events: SessionEvent[] = []
  for (;;) {
    const page = await log.read(sessionId, events.at(-1)?.seq ?? 0)
    if (page.length === 0) return events
    for (const event of page) events.push(event)
    if (events.length > limit) throw new ApiError('SESSION_LOG_TOO_LONG')
  }
}
