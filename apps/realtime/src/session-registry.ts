/**
 * The sessions this process serves. One is attached when its first socket asks for it and detached a
 * little after its last one went, so that a reconnect, or three sockets opening one after the other,
 * find it still here.
 */
import { type Bus, type Hold, readPastWords, type SessionRow, type Store } from '@bemore/store'
import type { Clock } from './clock.js'
import type { LiveSession, SessionPast } from './live-session.js'

/** Longer than the first reconnect of every client (1 s), short enough that idle state is rare. */
export const DETACH_GRACE_MS = 2_000

export interface SessionRegistry {
  find(sessionId: string): LiveSession | undefined
  /**
   * Reads the session and follows its log. Calls for one session share one read.
   * @throws StoreError where the database does not answer.
   */
  attach(sessionId: string): Promise<LiveSession | 'SESSION_NOT_FOUND' | 'SESSION_ENDED'>
  /** What was appended by this process and handed over need not be read back. */
  advance(sessionId: string, seq: number): void
  /**
   * Lets go of sessions that nobody needs any more. While the database is away they stay: a client
   * that comes back could not be told from a stranger, and what is to be acknowledged would be forgotten.
   */
  detachIdle(): void
  all(): Iterable<LiveSession>
  readonly size: number
}

export interface SessionRegistryDeps {
  readonly store: Pick<Store, 'sessions' | 'log'>
  readonly bus: Pick<Bus, 'follow'>
  readonly clock: Clock
  /** How long a session is kept for which the database is needed to let go, ms. */
  readonly holdMs: number
  /** Whether the database does not answer: a session let go of now could not be found again. */
  isDatabaseAway(): boolean
  createSession(row: SessionRow, past: SessionPast): LiveSession
}

type Attached = { readonly session: LiveSession; readonly hold: Hold }
type Outcome = LiveSession | 'SESSION_NOT_FOUND' | 'SESSION_ENDED'

export function createSessionRegistry(deps: SessionRegistryDeps): SessionRegistry {
  const { store, bus, clock } = deps
  const attached = new Map<string, Attached>()
  const attaching = new Map<string, Promise<Outcome>>()

  const read = async (sessionId: string): Promise<Outcome> => {
    // One after the other: a storm of unknown ids should cost the database one question each.
    const row = await store.sessions.get(sessionId)
    if (row === null) return 'SESSION_NOT_FOUND'
    if (row.status === 'ended') return 'SESSION_ENDED'
    const [taught, words] = await Promise.all([
      store.log.latest(sessionId, 'baseline.set'),
      readPastWords(store.log, sessionId),
    ])
    const baseline = taught?.type === 'baseline.set' ? taught.data.baseline : null
    const session = deps.createSession(row, { baseline, words })
    const hold = bus.follow(sessionId, row.lastSeq, (events) => session.apply(events))
    attached.set(sessionId, { session, hold })
    return session
  }

  return {
    find: (sessionId) => attached.get(sessionId)?.session,
    attach(sessionId) {
      const known = attaching.get(sessionId)
      if (known !== undefined) return known
      const reading = read(sessionId).finally(() => attaching.delete(sessionId))
      attaching.set(sessionId, reading)
      return reading
    },
    advance(sessionId, seq) {
      attached.get(sessionId)?.hold.advance(seq)
    },
    detachIdle() {
      const atMs = clock.monotonicMs()
      const before = atMs - DETACH_GRACE_MS
      const heldBefore = atMs - deps.holdMs
      const isAway = deps.isDatabaseAway()
      for (const [sessionId, { session, hold }] of attached) {
        if (session.idleSince === null || session.idleSince > before) continue
        // Else a client could have its allowance renewed by staying away for the grace.
        if (session.reservations > 0 || !session.opens.isFull(atMs)) continue
        const isNeeded = isAway || session.pendingParts() > 0
        if (isNeeded && session.idleSince > heldBefore) continue
        hold.release()
        attached.delete(sessionId)
      }
    },
    *all() {
      for (const { session } of attached.values()) yield session
    },
    get size() {
      return attached.size
    },
  }
}
