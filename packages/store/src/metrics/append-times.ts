import type { Metrics } from '@bemore/ops'
import type { EventLog } from '../store.js'

const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** The same log, but each append of a batch is timed: a few in a second, however many events. */
export function timeAppends(
  metrics: Metrics,
  events: Pick<EventLog, 'append'>,
): Pick<EventLog, 'append'> {
  const took = metrics.durations(
    'bemore_events_append_duration_seconds',
    'Appends of one batch to the log, by outcome',
    ['outcome'],
    BUCKETS,
  )
  return {
    async append(batch) {
      const startedAt = performance.now()
      let outcome = 'failed'
      try {
        const result = await events.append(batch)
        outcome = 'appended'
        return result
      } finally {
        took((performance.now() - startedAt) / 1_000, outcome)
      }
    },
  }
}
