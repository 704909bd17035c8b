import type { SessionEvent } from '../session/events.js'
import type { SessionReport } from './schema/report-schema.js'

/** The latest rating; its note is not for the report. */
export function findFeedback(events: readonly SessionEvent[]): SessionReport['feedback'] {
  const last = events.findLast((event) => event.type === 'feedback.given')
  if (last?.type !== 'feedback.given') return null
  return { rating: last.data.rating, at: new Date(last.at).toISOString() }
}
