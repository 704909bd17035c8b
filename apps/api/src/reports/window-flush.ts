import type { Bus } from '@bemore/store'
import type { FindLiveChannels } from '../sessions/live-channels.js'

/**
 * Brings the open windows of a live session into the log before it is read, at most once a second a
 * session: a dashboard that polls must not make realtime cut its windows to ribbons.
 */
export type FlushWindows = (sessionId: string) => Promise<void>

const FLUSH_INTERVAL_MS = 1_000

export function createWindowFlush(deps: {
  readonly bus: Bus
  readonly findLiveChannels: FindLiveChannels
  readonly timeoutMs: number
}): FlushWindows {
  const { bus, findLiveChannels, timeoutMs } = deps
  const flushes = new Map<string, { readonly at: number; readonly done: Promise<void> }>()

  const flush = async (sessionId: string) => {
    // Nobody would hear the request; what is in the log has to do.
    if (bus.state !== 'listening') return
    const channels = await findLiveChannels(sessionId)
    const processes = [...new Set(channels.map(({ processId }) => processId))]
    if (processes.length > 0) await bus.requestFlush(sessionId, processes, timeoutMs)
  }

  const forgetOld = (now: number) => {
    // The Map is in order of time, so this looks at no more than it forgets, and one.
    for (const [sessionId, { at }] of flushes) {
      if (now - at < FLUSH_INTERVAL_MS) return
      flushes.delete(sessionId)
    }
  }

  return (sessionId) => {
    const now = performance.now()
    forgetOld(now)
    const recent = flushes.get(sessionId)
    if (recent !== undefined) return recent.done
    const done = flush(sessionId)
    flushes.set(sessionId, { at: now, done })
    // A failure is the caller's to tell; the next one should get a try of its own.
    done.catch(() => flushes.delete(sessionId))
    return done
  }
}
