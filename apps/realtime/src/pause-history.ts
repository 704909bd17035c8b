/**
 * When a session was paused, as far back as frames may be sent again. A late frame is judged by the
 * moment it was taken: one from before a pause counts, also where it arrives during the pause.
 */
import type { SessionEvent } from '@bemore/core'

export interface PauseHistory {
  /** Events of the log in order; those known already, and those of other types, are passed over. */
  learn(events: Iterable<SessionEvent>): void
  /** Learns from the end of the log, in place of what was assumed without it. */
  relearn(tail: readonly SessionEvent[]): void
  /** @param at Unix ms. */
  wasPausedAt(at: number): boolean
}

/** More pauses than a person makes within the time a client may be away. */
const PAUSES_KEPT = 32

/** @param isPaused whether it is when its log was read; since when is not known. */
export function createPauseHistory(isPaused: boolean): PauseHistory {
  let pauses: { readonly from: number; to: number }[] = isPaused ? [sinceEver()] : []
  let lastSeq = 0

  const learn = (events: Iterable<SessionEvent>): void => {
    for (const event of events) {
      if (event.seq <= lastSeq) continue
      lastSeq = event.seq
      if (event.type === 'session.paused') {
        pauses = [
          ...pauses.slice(1 - PAUSES_KEPT),
          { from: event.at, to: Number.POSITIVE_INFINITY },
        ]
      } else if (event.type === 'session.resumed') {
        const last = pauses.at(-1) ?? sinceEver()
        last.to = event.at
        if (pauses.length === 0) pauses = [last]
      }
    }
  }

  return {
    learn,
    relearn(tail) {
      if (!tail.some(({ type }) => type === 'session.paused' || type === 'session.resumed')) return
      pauses = []
      lastSeq = 0
      learn(tail)
    },
    wasPausedAt: (at) => pauses.some(({ from, to }) => from <= at && at < to),
  }
}

const sinceEver = () => ({ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY })
