import type { Bus, SessionRow, Store } from '@bemore/store'
import { createBell } from '../sessions/bell.js'
import type { SessionEnding } from '../sessions/session-ending.js'

/**
 * The web client asks for summary and report in the same moment in which it ends its session, on
 * connections of their own, and never again: the question may be here before the end is, or the end go
 * to another process. So who asks about a running session waits a moment for its end. It comes as a
 * hint; the row is also looked at now and then, because hints may be lost.
 * @returns whether the session has ended, is being ended, or is gone
 */
export type WaitForEnd = (session: SessionRow) => Promise<boolean>

export interface EndWatchDeps {
  readonly store: Pick<Store, 'sessions'>
  readonly bus: Pick<Bus, 'hold'>
  readonly ending: Pick<SessionEnding, 'underway'>
  /** Longest wait, ms; 0: none. */
  readonly holdMs: number
  /** How many may wait at once; who comes then is answered with what there is. */
  readonly maxWaiting?: number
}

/** How often the row is looked at without a hint. */
const LOOK_MS = 200
/** A timer and a hold of the bus each; each also looks at its row two or three times. */
const MAX_WAITING = 1_000

export function createEndWatch(deps: EndWatchDeps): WaitForEnd {
  const { store, bus, ending, holdMs, maxWaiting = MAX_WAITING } = deps
  let waiting = 0

  const wait = async ({ id, lastSeq }: SessionRow): Promise<boolean> => {
    const deadline = performance.now() + holdMs
    const bell = createBell()
    const hold = bus.hold(id, lastSeq, bell.ring)
    try {
      for (;;) {
        const left = deadline - performance.now()
        if (left <= 0) return false
        await bell.wait(Math.min(left, LOOK_MS))
        if (ending.underway(id) !== undefined) return true
        const session = await store.sessions.get(id)
        if (session === null || session.status === 'ended') return true
        hold.advance(session.lastSeq)
      }
    } finally {
      hold.release()
    }
  }

  return async (session) => {
    if (holdMs === 0 || waiting >= maxWaiting) return false
    waiting += 1
    try {
      return await wait(session)
    } finally {
      waiting -= 1
    }
  }
}
