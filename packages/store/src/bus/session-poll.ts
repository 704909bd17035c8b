import type { Logger } from '@bemore/ops'
import { StoreError } from '../database/store-error.js'
import type { EventLog } from '../store.js'

/**
 * Compares `last_seq` of watched sessions with what their watchers have. It makes up for whatever
 * notifications were lost, so it is what "a hint costs latency, never data" rests on.
 */
export interface SessionPoll {
  /** Compares all; asked again while at it, it starts over afterwards. */
  all(): void
  /** Compares these, for watchers that were just added: their hint may have come before them. */
  some(sessionIds: readonly string[]): void
}

const SESSIONS_A_READ = 1_000

export function createSessionPoll(deps: {
  readonly events: Pick<EventLog, 'lastSeqs'>
  readonly sessionIds: () => readonly string[]
  readonly hear: (sessionId: string, lastSeq: number | null) => void
  /** After each comparison of all, whether or not it succeeded. */
  readonly onDone: () => void
  readonly log: Logger
}): SessionPoll {
  const { events, sessionIds, hear, onDone, log } = deps
  let polling = false
  let again = false

  const compare = async (ids: readonly string[]) => {
    try {
      for (let from = 0; from < ids.length; from += SESSIONS_A_READ) {
        const part = ids.slice(from, from + SESSIONS_A_READ)
        const lastSeqs = await events.lastSeqs(part)
        for (const id of part) hear(id, lastSeqs.get(id) ?? null)
      }
    } catch (error) {
      // An outage is told by the database itself, and the next poll comes anyway.
      const level = error instanceof StoreError ? 'debug' : 'error'
      log[level]({ event: 'bus.poll_failed', err: error }, 'the slow poll failed')
    }
  }

  const pollAll = async () => {
    polling = true
    do {
      again = false
      await compare(sessionIds())
      onDone()
    } while (again)
    polling = false
  }

  return {
    all() {
      if (polling) again = true
      else void pollAll()
    },
    some: (ids) => void compare(ids),
  }
}
