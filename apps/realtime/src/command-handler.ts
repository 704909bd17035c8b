/**
 * Commands of the session channel. They are decided under the session's lock in the log, like those
 * that come by REST: the socket that asked is answered here; that the session changed is told to all
 * when the event arrives, whoever caused it.
 */
import { decideCommand, type NewSessionEvent, type SessionCommand } from '@bemore/core'
import type { Logger } from '@bemore/ops'
import type { ClientMessageType, ErrorCode } from '@bemore/protocol'
import type { SessionRow, Store } from '@bemore/store'
import type { Clock } from './clock.js'
import type { OwnAppends } from './own-appends.js'
import { describePeer, type Peer, send, sendError } from './peer.js'
import { storeErrorCode } from './store-error-code.js'

export type CommandType = Exclude<ClientMessageType, 'hello' | 'consent'>
export type CommandHandler = (peer: Peer, type: CommandType, atMs: number) => void

export interface CommandHandlerDeps {
  readonly log: Logger
  readonly store: Pick<Store, 'log'>
  readonly clock: Clock
  readonly producer: string
  readonly ownAppends: OwnAppends
}

const COMMANDS = {
  pause: { type: 'pause' },
  resume: { type: 'resume' },
  end: { type: 'end', reason: 'client' },
} as const satisfies Record<string, SessionCommand>

const ANSWERS = {
  pause: 'pause_success',
  resume: 'resume_success',
  end: 'end_success',
} as const

/** How long a client should wait before it repeats a command that failed for want of the database. */
const RETRY_AFTER_MS = 2_000

export function createCommandHandler(deps: CommandHandlerDeps): CommandHandler {
  const { log, store, clock, producer, ownAppends } = deps

  const fail = (peer: Peer, code: ErrorCode): void => {
    const temporary = code.startsWith('DATABASE_') ? { retryAfterMs: RETRY_AFTER_MS } : undefined
    sendError(peer, code, clock.monotonicMs(), temporary)
  }

  const run = async (peer: Peer, name: keyof typeof COMMANDS): Promise<void> => {
    const { session } = peer
    let events: readonly NewSessionEvent[] = []
    let refused: ErrorCode | null = null
    const decide = (row: SessionRow): readonly NewSessionEvent[] => {
      const decision = decideCommand(row.status, COMMANDS[name], clock.wallMs())
      refused = decision.ok ? null : decision.code
      events = decision.ok ? decision.events : []
      return events
    }
    const done = await store.log.transact(session.id, producer, decide)
    if (done === null) return session.apply(null)
    if (refused !== null) return fail(peer, refused)
    const data = {
      sessionId: session.id,
      status: done.session.status,
      timestamp: clock.wallMs(),
    }
    send(peer, { type: ANSWERS[name], data }, clock.monotonicMs())
    if (done.appended > 0) ownAppends.deliver(session.id, events, done.session.lastSeq)
  }

  return (peer, type, atMs) => {
    const { session } = peer
    const timestamp = clock.wallMs()
    const { id: sessionId, status, startedAt } = session
    if (type === 'ping') {
      return send(peer, { type: 'pong', data: { timestamp, sessionId, status } }, atMs)
    }
    if (type === 'get_status') {
      const elapsedMs = Math.max(0, timestamp - startedAt)
      const data = { sessionId, status, startedAt, elapsedMs, timestamp }
      return send(peer, { type: 'status_update', data }, atMs)
    }
    run(peer, type).catch((error: unknown) => {
      const code = storeErrorCode(error)
      // The database's troubles are told once, by the database.
      const level = code === 'INTERNAL' ? 'error' : 'debug'
      const about = { event: 'command.failed', command: type, ...describePeer(peer) }
      log[level]({ ...about, err: error }, 'a session command failed')
      fail(peer, code)
    })
  }
}
