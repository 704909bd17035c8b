import type { SessionStatus } from '@bemore/protocol'
import type { SessionEvent, SessionEventData } from './events.js'

export type EndReason = SessionEventData<'session.ended'>['reason']

export interface Pause {
  readonly from: number
  /** null while the pause lasts. */
  readonly to: number | null
}

/** What the log says of a session as a whole. Times are Unix ms. */
export interface SessionState {
  readonly sessionId: string
  readonly status: SessionStatus
  readonly language: 'en' | 'ko'
  readonly ownerId: string | null
  readonly startedAt: number
  readonly endedAt: number | null
  readonly endReason: EndReason | null
  readonly pauses: readonly Pause[]
  /** Connection ids of channels that are open now, with what they serve. */
  readonly openChannels: ReadonlyMap<string, SessionEventData<'channel.opened'>>
  readonly lastSeq: number
}

/**
 * Folds a session's events, in order of `seq`, into its state.
 * @returns null for an empty log.
 */
export function foldSessionState(events: Iterable<SessionEvent>): SessionState | null {
  let state: SessionState | null = null
  for (const event of events) state = applySessionEvent(state, event)
  return state
}

/** One step of the fold; events that do not concern the state only move `lastSeq`. */
export function applySessionEvent(
  state: SessionState | null,
  event: SessionEvent,
): SessionState | null {
  if (state === null) return event.type === 'session.started' ? begin(event) : null
  return { ...state, ...changeOf(state, event), lastSeq: event.seq }
}

function begin(event: Extract<SessionEvent, { type: 'session.started' }>): SessionState {
  return {
    sessionId: event.sessionId,
    status: 'active',
    language: event.data.language,
    ownerId: event.data.ownerId ?? null,
    startedAt: event.at,
    endedAt: null,
    endReason: null,
    pauses: [],
    openChannels: new Map(),
    lastSeq: event.seq,
  }
}

function changeOf(state: SessionState, event: SessionEvent): Partial<SessionState> {
  switch (event.type) {
    case 'session.paused':
      return { status: 'paused', pauses: [...state.pauses, { from: event.at, to: null }] }
    case 'session.resumed':
      return { status: 'active', pauses: closePause(state.pauses, event.at) }
    case 'session.ended':
      return {
        status: 'ended',
        endedAt: event.at,
        endReason: event.data.reason,
        pauses: closePause(state.pauses, event.at),
      }
    case 'channel.opened':
      return {
        openChannels: new Map(state.openChannels).set(event.data.connectionId, event.data),
      }
    case 'channel.closed': {
      const openChannels = new Map(state.openChannels)
      openChannels.delete(event.data.connectionId)
      return { openChannels }
    }
    default:
      return {}
  }
}

function closePause(pauses: readonly Pause[], at: number): readonly Pause[] {
  const last = pauses.at(-1)
  if (last === undefined || last.to !== null) return pauses
  return [...pauses.slice(0, -1), { from: last.from, to: Math.max(last.from, at) }]
}

/** Time the session ran, without its pauses, up to `now` or its end, ms. */
export function activeDurationMs(state: SessionState, now: number): number {
  const until = state.endedAt ?? Math.max(now, state.startedAt)
  const paused = state.pauses.reduce((sum, pause) => sum + ((pause.to ?? until) - pause.from), 0)
  return Math.max(0, until - state.startedAt - paused)
}
