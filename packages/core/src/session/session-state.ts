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

type Draft = { -readonly [Key in keyof SessionState]: SessionState[Key] } & {
  readonly pauses: Pause[]
  readonly openChannels: Map<string, SessionEventData<'channel.opened'>>
}

/**
 * Folds a session's events, in order of `seq`, into its state. Events that do not concern the state,
 * and types this release does not know, only move `lastSeq`.
 * @returns null for an empty log.
 */
export function foldSessionState(events: Iterable<SessionEvent>): SessionState | null {
  let state: Draft | null = null
  for (const event of events) {
    if (state === null) {
      if (event.type === 'session.started') state = begin(event)
    } else {
      apply(state, event)
      state.lastSeq = event.seq
    }
  }
  return state
}

function begin(event: Extract<SessionEvent, { type: 'session.started' }>): Draft {
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

function apply(state: Draft, event: SessionEvent): void {
  switch (event.type) {
    case 'session.paused':
      state.status = 'paused'
      state.pauses.push({ from: event.at, to: null })
      break
    case 'session.resumed':
      state.status = 'active'
      closePause(state.pauses, event.at)
      break
    case 'session.ended':
      state.status = 'ended'
      // Start and end may come from processes whose clocks differ.
      state.endedAt = Math.max(state.startedAt, event.at)
      state.endReason = event.data.reason
      closePause(state.pauses, event.at)
      break
    case 'channel.opened':
      state.openChannels.set(event.data.connectionId, event.data)
      break
    case 'channel.closed':
      state.openChannels.delete(event.data.connectionId)
      break
  }
}

function closePause(pauses: Pause[], at: number): void {
  const last = pauses.at(-1)
  if (last === undefined || last.to !== null) return
  pauses[pauses.length - 1] = { from: last.from, to: Math.max(last.from, at) }
}

/** Time the session ran, without its pauses, up to `now` or its end, ms. */
export function activeDurationMs(state: SessionState, now: number): number {
  return activeMsBetween(state, state.startedAt, state.endedAt ?? now)
}

/** Time the session ran between two moments (Unix ms), without its pauses and not beyond its end. */
export function activeMsBetween(state: SessionState, from: number, to: number): number {
  const until = Math.min(to, state.endedAt ?? to)
  const paused = state.pauses.reduce((sum, pause) => {
    const overlap = Math.min(pause.to ?? until, until) - Math.max(pause.from, from)
    return sum + Math.max(0, overlap)
  }, 0)
  return Math.max(0, until - from - paused)
}
