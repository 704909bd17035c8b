import type { Logger } from '@bemore/ops'
import type { AppendedRange, KeyedEvent } from '../store.js'

/**
 * - `full`: the queue was full, and this was its oldest event
 * - `rejected`: the log does not take it, now or ever
 * - `unknown-session`: its session was deleted
 * - `closed`: it was pushed after, or still waiting at, the end of `close`
 */
export type DropReason = 'full' | 'rejected' | 'unknown-session' | 'closed'

export type AppendedListener = (
  ranges: readonly AppendedRange[],
  events: readonly KeyedEvent[],
) => void
export type DurableListener = (events: readonly KeyedEvent[]) => void
export type DroppedListener = (reason: DropReason, events: readonly KeyedEvent[]) => void

/** Tells what became of events. Listeners are told of each; the log line by line, but not in floods. */
export interface Outcomes {
  onAppended(listener: AppendedListener): void
  onDurable(listener: DurableListener): void
  onDropped(listener: DroppedListener): void
  appended: AppendedListener
  durable: DurableListener
  dropped(reason: DropReason, events: readonly KeyedEvent[], error?: unknown): void
}

/** A full queue drops with every push: at most one line for each reason in this time. */
const LOG_INTERVAL_MS = 1_000

export function createOutcomes(log: Logger): Outcomes {
  const appendedListeners: AppendedListener[] = []
  const durableListeners: DurableListener[] = []
  const droppedListeners: DroppedListener[] = []
  const untold = new Map<DropReason, { count: number; toldAt: number }>()

  const tell = (notify: () => void) => {
    try {
      notify()
    } catch (error) {
      log.error({ event: 'queue.listener_failed', err: error }, 'a listener of the queue threw')
    }
  }
  const report = (reason: DropReason, events: readonly KeyedEvent[], error?: unknown) => {
    const known = untold.get(reason) ?? { count: 0, toldAt: Number.NEGATIVE_INFINITY }
    const count = known.count + events.length
    const isDue = performance.now() - known.toldAt >= LOG_INTERVAL_MS
    untold.set(reason, isDue ? { count: 0, toldAt: performance.now() } : { ...known, count })
    if (!isDue) return
    const type = events[0]?.event.type
    log.error({ event: 'queue.dropped', reason, count, type, err: error }, 'events were dropped')
  }

  return {
    onAppended(listener) {
      appendedListeners.push(listener)
    },
    onDurable(listener) {
      durableListeners.push(listener)
    },
    onDropped(listener) {
      droppedListeners.push(listener)
    },
    appended(ranges, events) {
      if (events.length === 0) return
      for (const listener of appendedListeners) tell(() => listener(ranges, events))
    },
    durable(events) {
      if (events.length === 0) return
      for (const listener of durableListeners) tell(() => listener(events))
    },
    dropped(reason, events, error) {
      if (events.length === 0) return
      report(reason, events, error)
      for (const listener of droppedListeners) tell(() => listener(reason, events))
    },
  }
}
