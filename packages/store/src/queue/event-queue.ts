import { randomBytes } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { NewSessionEvent } from '@bemore/core'
import type { Logger, StoreConfig } from '@bemore/ops'
import { createBackoff } from '../backoff.js'
import { withDeadline } from '../database/deadline.js'
import { StoreError } from '../database/store-error.js'
import type { EventLog } from '../store.js'
import {
  type Backlog,
  type BacklogCondition,
  createMemoryBacklog,
  type QueuedEvent,
} from './backlog.js'
import { createDurability } from './durability.js'
import {
  type AppendedListener,
  createOutcomes,
  type DroppedListener,
  type DropReason,
  type DurableListener,
} from './outcomes.js'

export type EventQueueConfig = Pick<
  StoreConfig,
  'eventFlushMs' | 'eventBatchSize' | 'eventQueueLimit' | 'statementTimeoutMs'
>

/**
 * Between those who make events and the log: batches them, and keeps them through an outage. One
 * append is under way at a time, so the order of a producer's events is kept; each carries its key,
 * so a batch whose outcome is unknown is simply sent again.
 */
export interface EventQueue {
  /** Never waits and never throws. Events are appended in the order of their pushing. */
  push(sessionId: string, event: NewSessionEvent): void
  /**
   * Resolves when everything pushed so far is appended (or was dropped, which `onDropped` tells).
   * @throws StoreError DATABASE_TIMEOUT when that takes longer than `timeoutMs`, by default the
   * statement timeout
   */
  flush(timeoutMs?: number): Promise<void>
  /** After each append: the ranges by session, and the events now in the log. */
  onAppended(listener: AppendedListener): void
  /**
   * The events pushed here, once each, as soon as a death of this process cannot lose them any more:
   * appended or, while the database does not take them, synced to the journal.
   */
  onDurable(listener: DurableListener): void
  onDropped(listener: DroppedListener): void
  /** Events not yet in the log. */
  readonly size: number
  /** Age of the oldest of them, ms; 0 when there is none. */
  readonly oldestAgeMs: number
  /** How the journal is; without one `off`. */
  readonly journal: JournalCondition
  /**
   * Appends what it can within `timeoutMs`. The rest waits in the journal for the next process;
   * without one it is dropped (an append under way may yet succeed).
   */
  close(timeoutMs: number): Promise<void>
}

/** `holding`: the database does not take events, the journal keeps them. */
export type JournalCondition = Omit<BacklogCondition, 'state'> & {
  readonly state: 'off' | 'idle' | 'holding' | 'unwritable'
}

export interface EventQueueOptions {
  readonly config: EventQueueConfig
  readonly events: Pick<EventLog, 'append'>
  /** Names the process in the keys of its events. */
  readonly producer: string
  readonly log: Logger
  readonly now?: () => number
  readonly backlog?: Backlog
}

const RETRY = { minMs: 100, maxMs: 1_000 }
/** While the database is away, an event is on disk within this time and a sync. */
const TEND_MS = 250
/** For the last sync of the disk. */
const CLOSE_MS = 2_000

export function createEventQueue(options: EventQueueOptions): EventQueue {
  const { config, events, log, now = Date.now } = options
  // Event numbers start at 1 again with every queue: under the same name a restarted process' events
  // would pass for those of the run before.
  const producer = `${options.producer}-${randomBytes(8).toString('hex')}`
  const backlog = options.backlog ?? createMemoryBacklog(config.eventQueueLimit)
  const backoff = createBackoff(RETRY)
  const outcomes = createOutcomes(log)
  const flushes = new Set<{ readonly upTo: number; readonly resolve: () => void }>()
  const durability = createDurability({
    ...{ backlog, outcomes, producer, limit: config.eventQueueLimit },
  })
  /** Taken from the backlog, in order; more than one part only while a faulty event is looked for. */
  let parts: QueuedEvent[][] = []
  let lastSeq = 0
  /** Events that have left the queue, whatever became of them. They leave in the order they came. */
  let left = 0
  /** Events up to this place need not wait for a full batch. Not told by a clock: clocks jump. */
  let dueUpTo = 0
  let timer: NodeJS.Timeout | undefined
  let appending = false
  let closed = false
  /** Closed, and the time for the last append is over. */
  let ended = false

  const size = () => backlog.size + parts.reduce((sum, part) => sum + part.length, 0)
  const oldest = () => parts[0]?.[0] ?? backlog.oldest

  const schedule = (ms: number) => {
    timer ??= setTimeout(() => {
      timer = undefined
      dueUpTo = left + size()
      void work()
    }, ms)
  }
  const workNow = () => {
    if (appending) return
    clearTimeout(timer)
    timer = undefined
    void work()
  }

  const drop = (reason: DropReason, events: readonly QueuedEvent[], error?: unknown) => {
    left += events.length
    durability.dropped(events)
    outcomes.dropped(reason, events, error)
  }

  const appendPart = async (part: readonly QueuedEvent[]) => {
    const { appended, unknownSessions } = await events.append(part)
    parts.shift()
    backlog.settle(part)
    backoff.reset()
    durability.release()
    const unknown = new Set(unknownSessions)
    const isDurable = ({ sessionId }: QueuedEvent) => !unknown.has(sessionId)
    const durable = part.filter(isDurable)
    left += durable.length
    durability.appended(durable)
    outcomes.appended(appended, durable)
    drop(
      'unknown-session',
      part.filter((event) => !isDurable(event)),
    )
  }

  /** Halves a part that the database does not take, until the faulty event stands alone. */
  const isolate = (part: readonly QueuedEvent[], error: unknown) => {
    if (part.length > 1) {
      const middle = part.length >> 1
      parts.splice(0, 1, part.slice(0, middle), part.slice(middle))
      return
    }
    parts.shift()
    backlog.settle(part)
    drop('rejected', part, error)
  }

  const work = async () => {
    if (appending) return
    appending = true
    let waitMs = 0
    while (waitMs === 0 && !ended && isDue()) {
      if (parts.length === 0) parts.push(backlog.take(config.eventBatchSize))
      const part = parts[0] ?? []
      if (part.length === 0) {
        parts.shift()
        // The disk does not give them now.
        waitMs = backoff.next()
        break
      }
      try {
        await appendPart(part)
      } catch (error) {
        if (error instanceof StoreError) {
          waitMs = backoff.next()
          durability.hold()
        } else isolate(part, error)
        // A faulty event may be refused before any I/O: others must have their turn between.
        await setImmediate()
      }
      settleFlushes()
    }
    appending = false
    if (size() > 0 && !ended) schedule(waitMs || config.eventFlushMs)
  }
  const isDue = () =>
    parts.length > 0 ||
    backlog.size >= config.eventBatchSize ||
    (backlog.size > 0 && left < dueUpTo)
  const settleFlushes = () => {
    for (const flush of flushes) if (flush.upTo <= left || size() === 0) flush.resolve()
  }

  const flush = async (timeoutMs: number) => {
    if (size() === 0) return
    let entry: { readonly upTo: number; readonly resolve: () => void } | undefined
    const done = new Promise<void>((resolve) => {
      entry = { upTo: left + size(), resolve }
      flushes.add(entry)
    })
    dueUpTo = left + size()
    workNow()
    try {
      await withDeadline(done, timeoutMs, () => {
        return new StoreError(
          'DATABASE_TIMEOUT',
          `${size()} events not appended in ${timeoutMs} ms`,
        )
      })
    } finally {
      if (entry !== undefined) flushes.delete(entry)
    }
  }

  const tend = async () => {
    await backlog.tend()
    if (closed) return
    if (size() > 0 && !appending) schedule(config.eventFlushMs)
    durability.tick()
  }
  const tending =
    backlog.condition.state === 'off' ? undefined : setInterval(() => void tend(), TEND_MS)
  // What an ended process left.
  if (size() > 0) schedule(0)

  return {
    push(sessionId, event) {
      lastSeq += 1
      const queued = { sessionId, event, producer, producerSeq: lastSeq, pushedAt: now() }
      if (closed) return outcomes.dropped('closed', [queued])
      try {
        const givenUp = backlog.push(queued)
        durability.pushed(queued)
        drop('full', givenUp)
      } catch (error) {
        outcomes.dropped('rejected', [queued], error)
        return
      }
      if (backlog.size >= config.eventBatchSize && parts.length === 0) workNow()
      else if (!appending) schedule(config.eventFlushMs)
    },
    flush: (timeoutMs = config.statementTimeoutMs) => flush(timeoutMs),
    onAppended: outcomes.onAppended,
    onDurable: outcomes.onDurable,
    onDropped: outcomes.onDropped,
    get size() {
      return size()
    },
    get journal() {
      const { state, ...condition } = backlog.condition
      const use = durability.isHolding ? ('holding' as const) : ('idle' as const)
      return { ...condition, state: state === 'writable' ? use : state }
    },
    get oldestAgeMs() {
      const first = oldest()
      return first === null ? 0 : Math.max(0, now() - first.pushedAt)
    },
    async close(timeoutMs) {
      if (closed) return
      closed = true
      await flush(timeoutMs).catch((error: unknown) => {
        log.warn({ event: 'queue.closed_early', err: error }, 'events were not appended in time')
      })
      ended = true
      clearTimeout(timer)
      clearInterval(tending)
      await withDeadline(durability.finish(), CLOSE_MS, () => new Error('the disk hangs')).catch(
        (error: unknown) => log.warn({ event: 'queue.unsynced', err: error }, 'journal not synced'),
      )
      const waiting = size()
      const lost = await backlog.close(parts.flat())
      if (waiting > lost.length) {
        const count = waiting - lost.length
        log.warn({ event: 'queue.kept', count }, 'events wait in the journal for the next process')
      }
      drop('closed', lost)
      parts = []
    },
  }
}
