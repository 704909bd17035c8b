import type { Backlog, QueuedEvent } from './backlog.js'
import type { Outcomes } from './outcomes.js'

/**
 * Tells of each event, once, when nothing can lose it any more. Mostly that is its append; syncing a
 * disk for what a database takes a moment later would be work for nothing. While the database does
 * not take events, or takes long, it is the next sync of the backlog.
 */
export interface Durability {
  pushed(event: QueuedEvent): void
  appended(events: readonly QueuedEvent[]): void
  /** Will not be durable. */
  dropped(events: readonly QueuedEvent[]): void
  /** The database does not take events: from now on the disk has to do. */
  hold(): void
  /** The database takes events. */
  release(): void
  /** One turn of the clock. */
  tick(): void
  /** Resolves after a last sync. */
  finish(): Promise<void>
  readonly isHolding: boolean
}

export interface DurabilityDeps {
  readonly backlog: Pick<Backlog, 'sync'>
  readonly outcomes: Pick<Outcomes, 'durable'>
  /** Events of others, taken over from disk, are nobody's to be told of. */
  readonly producer: string
  /** Events remembered; of more than these only the number is, and they are told when appended. */
  readonly limit: number
}

export function createDurability(deps: DurabilityDeps): Durability {
  const { backlog, outcomes, producer, limit } = deps
  /** By number, in the order of their pushing. */
  const untold = new Map<number, QueuedEvent | null>()
  let lastSeq = 0
  /** The last number of a turn ago, and of two: an event untold for two turns has waited for one. */
  let turns: readonly [number, number] = [0, 0]
  let isHolding = false
  let syncing: Promise<void> | null = null

  const tellSynced = (upTo: number) => {
    const synced: QueuedEvent[] = []
    for (const [seq, event] of untold) {
      if (seq > upTo) break
      if (event === null) continue
      untold.delete(seq)
      synced.push(event)
    }
    outcomes.durable(synced)
  }
  const syncOnce = async () => {
    const upTo = lastSeq
    if (await backlog.sync()) tellSynced(upTo)
    syncing = null
  }
  const sync = () => {
    if (untold.size > 0) syncing ??= syncOnce()
  }
  const isWaiting = () => {
    const [first] = untold.keys()
    return first !== undefined && first <= turns[1]
  }

  return {
    pushed(event) {
      lastSeq = event.producerSeq
      untold.set(lastSeq, untold.size < limit ? event : null)
    },
    appended(events) {
      const told: QueuedEvent[] = []
      for (const event of events) {
        if (event.producer !== producer) continue
        // The very object that was pushed, where it is known: the other was read back from disk.
        const pushed = untold.get(event.producerSeq)
        if (untold.delete(event.producerSeq)) told.push(pushed ?? event)
      }
      outcomes.durable(told)
    },
    dropped(events) {
      for (const event of events) if (event.producer === producer) untold.delete(event.producerSeq)
    },
    hold() {
      isHolding = true
      sync()
    },
    release() {
      isHolding = false
    },
    tick() {
      if (isHolding || isWaiting()) sync()
      turns = [lastSeq, turns[0]]
    },
    async finish() {
      await syncing
      sync()
      await syncing
    },
    get isHolding() {
      return isHolding
    },
  }
}
