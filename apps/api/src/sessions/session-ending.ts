import { decideCommand } from '@bemore/core'
import type { Logger } from '@bemore/ops'
import type { Bus, SessionRow, Store } from '@bemore/store'
import { createBell } from './bell.js'
import type { FindLiveChannels } from './live-channels.js'

/**
 * Ending is a transaction; what takes time after it is the realtime processes, which see
 * `session.ended`, append the windows they still hold and close their channels. A report asked for
 * right after an end must have those windows, so an end, and any reader that meets a session in this
 * state, waits for the last live channel to close. It waits by hints and looks by itself now and then,
 * because hints may be lost.
 */
export interface SessionEnding {
  /** Ends the session, or finds it ended; null where there is none. Concurrent calls share one. */
  end(sessionId: string): Promise<SessionRow | null>
  /** Waits, `withinMs` at most, until no live process has a channel of the ended session open. */
  settle(sessionId: string, withinMs: number): Promise<void>
  /** Where an end of this session is under way here: resolves when it has ended, settled or not. */
  underway(sessionId: string): Promise<unknown> | undefined
}

export interface SessionEndingDeps {
  readonly store: Store
  readonly bus: Bus
  readonly log: Logger
  readonly findLiveChannels: FindLiveChannels
  /** Longest wait for the channels, ms. */
  readonly timeoutMs: number
  /** Name of this process in the log of events. */
  readonly producer: string
  now(): number
}

/** How often the channels are looked at without a hint. */
const LOOK_MS = 200

export function createSessionEnding(deps: SessionEndingDeps): SessionEnding {
  const { store, bus, log, findLiveChannels, timeoutMs, producer, now } = deps
  const ends = new Map<string, End>()
  const waits = new Map<string, Promise<void>>()

  const waitForChannels = async (sessionId: string): Promise<void> => {
    const deadline = performance.now() + timeoutMs
    const bell = createBell()
    const hold = bus.hold(sessionId, 0, bell.ring)
    try {
      while ((await findLiveChannels(sessionId)).length > 0) {
        const left = deadline - performance.now()
        if (left <= 0) {
          log.warn({ event: 'session.end_unsettled' }, 'channels stayed open after the end')
          return
        }
        await bell.wait(Math.min(left, LOOK_MS))
      }
    } finally {
      hold.release()
    }
  }

  const settle = (sessionId: string) => shareCall(waits, sessionId, waitForChannels)

  const commit = async (sessionId: string): Promise<SessionRow | null> => {
    const result = await store.log.transact(sessionId, producer, (session) => {
      const decision = decideCommand(session.status, { type: 'end', reason: 'client' }, now())
      return decision.ok ? decision.events : []
    })
    return result === null ? null : result.session
  }

  const finish = async (
    sessionId: string,
    committed: Promise<SessionRow | null>,
  ): Promise<SessionRow | null> => {
    const session = await committed
    if (session === null) return null
    // The session has ended whatever becomes of the wait: the client is told so, and a reader looks again.
    await settle(sessionId).catch((error: unknown) => {
      log.warn({ event: 'session.end_unwatched', err: error }, 'the end could not be watched')
    })
    // As it is now: its channels were closed meanwhile.
    return store.sessions.get(sessionId).catch(() => session)
  }

  const begin = (sessionId: string): End => {
    const committed = commit(sessionId)
    const settled = finish(sessionId, committed).finally(() => ends.delete(sessionId))
    const end = { committed, settled }
    ends.set(sessionId, end)
    return end
  }

  return {
    end: (sessionId) => (ends.get(sessionId) ?? begin(sessionId)).settled,
    settle: (sessionId, withinMs) => waitAtMost(settle(sessionId), withinMs),
    underway: (sessionId) => ends.get(sessionId)?.committed,
  }
}

interface End {
  readonly committed: Promise<SessionRow | null>
  readonly settled: Promise<SessionRow | null>
}

async function waitAtMost(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, ms))
  })
  await Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Joins the call that is under way for the key, or makes it. */
function shareCall<Result>(
  underway: Map<string, Promise<Result>>,
  key: string,
  call: (key: string) => Promise<Result>,
): Promise<Result> {
  const current = underway.get(key)
  if (current !== undefined) return current
  const started = call(key).finally(() => underway.delete(key))
  underway.set(key, started)
  return started
}
