import type { KeyedEvent } from '../store.js'

/** An event on its way into the log. */
export interface QueuedEvent extends KeyedEvent {
  /** When it was pushed, Unix ms. */
  readonly pushedAt: number
}

/**
 * Where events wait for the database, in order. This one is in memory and so ends with the process;
 * one on disk has the same shape.
 */
export interface Backlog {
  /** Adds an event; a full backlog gives up, and returns, its oldest. */
  push(event: QueuedEvent): QueuedEvent | null
  /** Removes and returns at most `count` events, oldest first. */
  take(count: number): QueuedEvent[]
  readonly size: number
  readonly oldest: QueuedEvent | null
}

export function createMemoryBacklog(limit: number): Backlog {
  let events: QueuedEvent[] = []
  /** Everything before it has been taken; moving the rest for each batch would be quadratic. */
  let head = 0

  const compact = () => {
    if (head < 1_024 || head * 2 < events.length) return
    events = events.slice(head)
    head = 0
  }
  const take = (count: number) => {
    const taken = events.slice(head, head + count)
    head += taken.length
    compact()
    return taken
  }

  return {
    push(event) {
      const dropped = events.length - head >= limit ? (take(1)[0] ?? null) : null
      events.push(event)
      return dropped
    },
    take,
    get size() {
      return events.length - head
    },
    get oldest() {
      return events[head] ?? null
    },
  }
}
