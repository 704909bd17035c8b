import type { SessionRow, Store } from '@bemore/store'
import type { SessionEnding } from '../sessions/session-ending.js'
import type { WaitForEnd } from './end-watch.js'
import type { FlushWindows } from './window-flush.js'

/**
 * Waits until the log holds what is known of the session by now; gives its row after that, null where
 * there is none. A page asks for its report and ends its session in one go, so the end may come at any
 * point of this: what was done for a running session is looked at again, and each kind of waiting is
 * done once. All of it together takes no longer than the time it is given, but for what the database
 * takes to answer.
 * @param awaitsEnd an end that comes in a moment is waited for
 * @throws StoreError
 */
export type CatchUp = (sessionId: string, awaitsEnd: boolean) => Promise<SessionRow | null>

export function createCatchUp(deps: {
  readonly store: Pick<Store, 'sessions'>
  readonly ending: SessionEnding
  readonly flushWindows: FlushWindows
  readonly waitForEnd: WaitForEnd
  /** For all of the waiting, ms. */
  readonly timeoutMs: number
}): CatchUp {
  const { store, ending, flushWindows, waitForEnd, timeoutMs } = deps

  const catchUpRunning = async (session: SessionRow, awaitsEnd: boolean): Promise<void> => {
    const flushed = flushWindows(session.id)
    if (!awaitsEnd) return flushed
    // Told below, unless the end makes it unimportant: an end flushes by itself.
    flushed.catch(() => {})
    if (!(await waitForEnd(session))) await flushed
  }

  return async (sessionId, awaitsEnd) => {
    const deadline = performance.now() + timeoutMs
    let isFlushed = false
    let isSettled = false
    for (;;) {
      await ending.underway(sessionId)
      const session = await store.sessions.get(sessionId)
      if (session === null) return null
      if (session.status === 'ended') {
        if (session.openChannels === 0 || isSettled) return session
        await ending.settle(sessionId, deadline - performance.now())
        isSettled = true
      } else {
        if (isFlushed) return session
        await catchUpRunning(session, awaitsEnd)
        isFlushed = true
      }
    }
  }
}
