import type { SessionStatus } from '@bemore/protocol'
import { createEvent, type NewSessionEvent } from './events.js'
import type { EndReason } from './session-state.js'

export type SessionCommand =
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'end'; readonly reason: EndReason }

/** Events to append (none: the session is already as asked), or why it cannot be. */
export type Decision =
  | { readonly ok: true; readonly events: readonly NewSessionEvent[] }
  | { readonly ok: false; readonly code: 'SESSION_ENDED' }

const NOTHING: Decision = { ok: true, events: [] }
const ENDED: Decision = { ok: false, code: 'SESSION_ENDED' }

/**
 * The session's state machine: active ⇄ paused → ended. Every command is idempotent, because
 * clients retry them: asking for what already is changes nothing and is no error.
 */
export function decideCommand(
  status: SessionStatus,
  command: SessionCommand,
  at: number,
): Decision {
  switch (command.type) {
    case 'pause':
      if (status === 'ended') return ENDED
      return status === 'paused'
        ? NOTHING
        : { ok: true, events: [createEvent('session.paused', at, {})] }
    case 'resume':
      if (status === 'ended') return ENDED
      return status === 'active'
        ? NOTHING
        : { ok: true, events: [createEvent('session.resumed', at, {})] }
    case 'end':
      if (status === 'ended') return NOTHING
      return { ok: true, events: [createEvent('session.ended', at, { reason: command.reason })] }
  }
}
