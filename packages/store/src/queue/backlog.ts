import type { KeyedEvent } from '../store.js'

/** An event on its way into the log. */
export interface QueuedEvent extends KeyedEvent {
  /** When it was pushed, Unix ms. */
  readonly pushedAt: number
}

/**
 * Where events wait for the database, in order. The one here is in memory and so ends with the
 * process; the one on disk is `createJournal`.
 */
export interface Backlog {
  /**
   * Adds an event; a full backlog gives up, and returns, its oldest.
   * @throws TypeError for an event that no JSON can say
   */
  push(event: QueuedEvent): readonly QueuedEvent[]
  /** Hands out at most `count` events, oldest first; they stay its own until settled. */
  take(count: number): QueuedEvent[]
  /** Events that were taken are appended, or given up: nothing of them need be kept. */
  settle(events: readonly QueuedEvent[]): void
  /** Events that wait and are not taken. */
  readonly size: number
  readonly oldest: QueuedEvent | null
  /** Whether everything pushed before the call now survives this process and its machine. */
  sync(): Promise<boolean>
  /** Once in a while: mends what is amiss, and takes over what ended processes left. */
  tend(): Promise<void>
  readonly condition: BacklogCondition
  /**
   * Ends. What is on disk waits there for the next process.
   * @param taken what was taken and not settled
   * @returns what could not be kept
   */
  close(taken: readonly QueuedEvent[]): Promise<readonly QueuedEvent[]>
}

export interface BacklogCondition {
  /** `off`: there is no disk, by configuration. */
  readonly state: 'off' | 'writable' | 'unwritable'
  /** On disk. */
  readonly bytes: number
  /** What is wrong; null unless unwritable. */
  readonly detail: string | null
  /** Records that were on disk and could not be read back, since the start. */
  readonly damaged: number
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
      const givenUp = events.length - head >= limit ? take(1) : NOTHING
      events.push(event)
      return givenUp
    },
    take,
    settle() {},
    get size() {
      return events.length - head
    },
    get oldest() {
      return events[head] ?? null
    },
    sync: async () => false,
    async tend() {},
    condition: { state: 'off', bytes: 0, detail: null, damaged: 0 },
    close: async (taken) => [...taken, ...take(events.length)],
  }
}

const NOTHING: readonly QueuedEvent[] = []
