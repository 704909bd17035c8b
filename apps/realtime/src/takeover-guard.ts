/**
 * Two tabs of the existing web client on one session fight for its channels: each reconnects a second
 * after the other took over, for ever, because it never looks at close codes and an open resets its
 * retry counter. A refused upgrade is the one thing that makes it stop (six tries in about 37 s), so
 * a channel taken over too often refuses newcomers for longer than those tries last.
 */
import type { Channel } from '@bemore/protocol'

export const TAKEOVER_LIMIT = 5
export const TAKEOVER_WINDOW_MS = 30_000
export const TAKEOVER_BLOCK_MS = 60_000

export interface TakeoverGuard {
  /** A connection of this channel was replaced by a newer one. Times are monotonic ms. */
  record(sessionId: string, channel: Channel, atMs: number): void
  /** How long the channel still refuses to be taken over, ms; 0: it does not. */
  blockedForMs(sessionId: string, channel: Channel, atMs: number): number
  /** Forgets what is over; called on the process's clock, so the map holds only current fights. */
  sweep(atMs: number): void
}

interface Fight {
  takeovers: number[]
  blockedUntil: number
}

export function createTakeoverGuard(): TakeoverGuard {
  const fights = new Map<string, Fight>()

  return {
    record(sessionId, channel, atMs) {
      const key = `${sessionId}/${channel}`
      const fight = fights.get(key) ?? { takeovers: [], blockedUntil: 0 }
      const recent = fight.takeovers.filter((at) => at > atMs - TAKEOVER_WINDOW_MS)
      fight.takeovers = [...recent, atMs].slice(-(TAKEOVER_LIMIT + 1))
      if (fight.takeovers.length > TAKEOVER_LIMIT) fight.blockedUntil = atMs + TAKEOVER_BLOCK_MS
      fights.set(key, fight)
    },
    blockedForMs(sessionId, channel, atMs) {
      return Math.max(0, (fights.get(`${sessionId}/${channel}`)?.blockedUntil ?? 0) - atMs)
    },
    sweep(atMs) {
      for (const [key, fight] of fights) {
        const last = fight.takeovers.at(-1) ?? 0
        if (fight.blockedUntil <= atMs && last <= atMs - TAKEOVER_WINDOW_MS) fights.delete(key)
      }
    },
  }
}
