import type { Metrics } from '@bemore/ops'
import type { EventQueue, JournalCondition } from '../queue/event-queue.js'
import type { DropReason } from '../queue/outcomes.js'

const JOURNAL_STATES = [
  'off',
  'idle',
  'holding',
  'unwritable',
] as const satisfies readonly JournalCondition['state'][]

/** Events on their way into the log, and what became of them. */
export function registerQueueMetrics(metrics: Metrics, queue: EventQueue): void {
  const dropped: Record<DropReason, number> = {
    full: 0,
    rejected: 0,
    'unknown-session': 0,
    closed: 0,
  }
  let appended = 0
  queue.onAppended((_ranges, events) => {
    appended += events.length
  })
  queue.onDropped((reason, events) => {
    dropped[reason] += events.length
  })

  metrics.counter('bemore_events_appended_total', 'Events that got into the log', () => appended)
  metrics.counters('bemore_events_dropped_total', 'Events that did not, and why', ['reason'], () =>
    Object.entries(dropped).map(([reason, count]) => [count, reason]),
  )
  metrics.gauge('bemore_events_waiting', 'Events that wait for the database', () => queue.size)
  metrics.gauge('bemore_events_oldest_age_seconds', 'Age of the oldest event that waits', () => {
    return queue.oldestAgeMs / 1_000
  })
  metrics.gauges('bemore_journal_state', '1 for the state it is in', ['state'], () =>
    JOURNAL_STATES.map((state) => [Number(state === queue.journal.state), state] as const),
  )
  metrics.gauge('bemore_journal_bytes', 'Bytes of the journal on disk', () => queue.journal.bytes)
  metrics.counter('bemore_journal_damaged_total', 'Records that could not be read back', () => {
    return queue.journal.damaged
  })
}
