import { type Logger, type StoreConfig, shortSessionId } from '@bemore/ops'
import type { Database } from '../database/database.js'
import type { EventLog } from '../store.js'
import type { Bus, Hold } from './bus.js'
import { createFlushRequests, FLUSH_CHANNEL } from './flush-requests.js'
import { createFollowReader, type Follower } from './follow-reader.js'
import { EVENTS_CHANNEL, parseHints } from './hint.js'
import { createListener, type ListenerConfig } from './listener.js'
import { createSessionPoll } from './session-poll.js'
import { createWatches, type Watch } from './watches.js'

export type BusConfig = ListenerConfig & Pick<StoreConfig, 'busPollMs'>

export interface BusOptions {
  readonly config: BusConfig
  readonly database: Database
  readonly events: Pick<EventLog, 'lastSeqs' | 'readMany'>
  readonly log: Logger
  readonly now?: () => number
}

/** Hints that come together are handled together: one read for many sessions. */
const COALESCE_MS = 20

export function createBus(options: BusOptions): Bus {
  const { config, database, events, log, now = Date.now } = options
  const watches = createWatches()
  const hints = new Map<string, number | null>()
  const added = new Set<string>()
  let coalescing: NodeJS.Timeout | undefined

  const reader = createFollowReader({ events, log })
  const poll = createSessionPoll({
    events,
    sessionIds: watches.sessionIds,
    hear: watches.hear,
    onDone: reader.resume,
    log,
  })
  const flushRequests = createFlushRequests({
    notify: (channel, payload) =>
      database.query(async (sql) => {
        await sql`select pg_notify(${channel}, ${payload})`
      }),
    log,
  })

  const handleSoon = () => {
    if (listener.state === 'closed') return
    coalescing ??= setTimeout(() => {
      coalescing = undefined
      const heard = [...hints]
      hints.clear()
      for (const [sessionId, lastSeq] of heard) watches.hear(sessionId, lastSeq)
      if (added.size > 0) poll.some([...added])
      added.clear()
    }, COALESCE_MS)
  }
  const onNotify = (channel: string, payload: string) => {
    if (channel === FLUSH_CHANNEL) return flushRequests.hear(payload)
    for (const { sessionId, lastSeq } of parseHints(payload)) {
      if (watches.has(sessionId)) hints.set(sessionId, lastSeq)
    }
    if (hints.size > 0) handleSoon()
  }

  const listener = createListener({
    config,
    channels: [EVENTS_CHANNEL, FLUSH_CHANNEL],
    onNotify,
    onListening: poll.all,
    log,
    now,
  })
  const pollTimer = setInterval(poll.all, config.busPollMs)

  const watch = (watched: Watch) => {
    watches.add(watched)
    added.add(watched.sessionId)
    handleSoon()
  }
  /** A handler's fault is its own: the others are still told. */
  const guarded = (sessionId: string, handle: () => void) => {
    try {
      handle()
    } catch (error) {
      log.error(
        { event: 'bus.handler_failed', session: shortSessionId(sessionId), err: error },
        'a bus handler threw',
      )
    }
  }

  return {
    ready: listener.ready,
    hold(sessionId, seq, onAhead) {
      let known = seq
      let done = false
      const held: Watch = {
        sessionId,
        hear(lastSeq) {
          if (done || (lastSeq !== null && lastSeq <= known)) return
          done = lastSeq === null
          guarded(sessionId, () => onAhead(lastSeq))
        },
      }
      watch(held)
      return {
        get seq() {
          return known
        },
        advance(to) {
          known = Math.max(known, to)
        },
        release() {
          done = true
          watches.remove(held)
        },
      }
    },
    follow(sessionId, since, onEvents): Hold {
      const follower: Follower = {
        sessionId,
        seq: since,
        target: since,
        asked: since,
        done: false,
        deliver: (fresh) => guarded(sessionId, () => onEvents(fresh)),
      }
      const followed: Watch = {
        sessionId,
        hear(lastSeq) {
          if (follower.done) return
          if (lastSeq === null) {
            follower.done = true
            guarded(sessionId, () => onEvents(null))
          } else if (lastSeq > follower.seq) {
            follower.target = Math.max(follower.target, lastSeq)
            reader.want(follower)
          }
        },
      }
      watch(followed)
      return {
        get seq() {
          return follower.seq
        },
        advance(to) {
          follower.seq = Math.max(follower.seq, to)
        },
        release() {
          follower.done = true
          watches.remove(followed)
        },
      }
    },
    requestFlush: flushRequests.requestFlush,
    onFlushRequest: flushRequests.onFlushRequest,
    get state() {
      return listener.state
    },
    get since() {
      return listener.since
    },
    get rebuilt() {
      return listener.rebuilt
    },
    async close() {
      clearInterval(pollTimer)
      clearTimeout(coalescing)
      reader.close()
      flushRequests.close()
      await listener.close()
    },
  }
}
