import type { SessionEvent } from '@bemore/core'
import type { Logger } from '@bemore/ops'
import { StoreError } from '../database/store-error.js'
import type { EventLog } from '../store.js'

/** A follow as the reader sees it. */
export interface Follower {
  readonly sessionId: string
  /** Last event it has. */
  seq: number
  /** Last event it is known to lack. */
  target: number
  /** What `target` was when the reading under way began. */
  asked: number
  /** Released or deleted: to be left alone. */
  done: boolean
  readonly deliver: (events: readonly SessionEvent[]) => void
}

/**
 * Reads what followers lack, many sessions in a statement, one statement at a time, page by page for
 * those far behind. Where the store fails the lag is kept, and the poll starts the reading again.
 */
export interface FollowReader {
  /** The follower's `target` is ahead of its `seq`. */
  want(follower: Follower): void
  /** Goes on after a failure. */
  resume(): void
  close(): void
}

/** Together they bound what one statement may bring into memory. */
const SESSIONS_A_READ = 100
const EVENTS_A_SESSION = 100

export function createFollowReader(deps: {
  readonly events: Pick<EventLog, 'readMany'>
  readonly log: Logger
}): FollowReader {
  const { events, log } = deps
  const behind = new Set<Follower>()
  let reading = false
  let closed = false

  const take = (): Map<string, Follower[]> => {
    const taken = new Map<string, Follower[]>()
    for (const follower of behind) {
      const others = taken.get(follower.sessionId)
      if (others === undefined && taken.size === SESSIONS_A_READ) break
      behind.delete(follower)
      if (follower.done || follower.seq >= follower.target) continue
      follower.asked = follower.target
      if (others === undefined) taken.set(follower.sessionId, [follower])
      else others.push(follower)
    }
    return taken
  }

  const readOnce = async (taken: Map<string, Follower[]>) => {
    const wanted = [...taken].map(([sessionId, followers]) => {
      return { sessionId, since: Math.min(...followers.map(({ seq }) => seq)) }
    })
    const pages = groupBySession(await events.readMany(wanted, EVENTS_A_SESSION))
    for (const [sessionId, followers] of taken) {
      for (const follower of followers) give(follower, pages.get(sessionId) ?? [])
    }
  }

  const give = (follower: Follower, page: readonly SessionEvent[]) => {
    if (follower.done) return
    // It may have advanced by itself while the statement ran.
    const fresh = page.filter(({ seq }) => seq > follower.seq)
    const last = fresh.at(-1)
    if (last !== undefined) {
      follower.seq = last.seq
      follower.deliver(fresh)
    }
    const isMore = page.length === EVENTS_A_SESSION || follower.target > follower.asked
    if (isMore) behind.add(follower)
    // Else the log has no more: a wrong hint, or the session is gone, which the poll will tell.
    else follower.target = follower.seq
  }

  const run = async () => {
    if (reading || closed) return
    reading = true
    try {
      while (behind.size > 0 && !closed) {
        const taken = take()
        if (taken.size === 0) continue
        try {
          await readOnce(taken)
        } catch (error) {
          for (const follower of [...taken.values()].flat()) behind.add(follower)
          // An outage is told by the database itself.
          const level = error instanceof StoreError ? 'debug' : 'error'
          log[level]({ event: 'bus.read_failed', err: error }, 'unread until the next poll')
          return
        }
      }
    } finally {
      reading = false
    }
  }

  return {
    want(follower) {
      behind.add(follower)
      void run()
    },
    resume: () => void run(),
    close() {
      closed = true
      behind.clear()
    },
  }
}

function groupBySession(events: readonly SessionEvent[]): Map<string, SessionEvent[]> {
  const groups = new Map<string, SessionEvent[]>()
  for (const event of events) {
    const group = groups.get(event.sessionId)
    if (group === undefined) groups.set(event.sessionId, [event])
    else group.push(event)
  }
  return groups
}
