import type { SessionEvent } from '@bemore/core'

/** `null` says the session was deleted. */
export type SessionHint = { readonly sessionId: string; readonly lastSeq: number | null }

export type BusState = 'connecting' | 'listening' | 'lost' | 'closed'

/**
 * Hints that a session's log has grown. A hint is never the truth: holders compare it with the `seq`
 * they have and read the log. Lost notifications are made up for on every relisten and by a slow
 * poll, so they cost latency, never data.
 */
export interface Bus {
  /** Resolves when listening for the first time, or rejects after `timeoutMs`; it goes on trying anyway. */
  ready(timeoutMs: number): Promise<void>
  /**
   * Holds a session at `seq`: `onAhead` is called with its newer `last_seq` (or null: deleted) as soon
   * as it is known, at least once for each growth beyond what `advance` was told.
   */
  hold(sessionId: string, seq: number, onAhead: (lastSeq: number | null) => void): Hold
  /**
   * Follows a session's log from `since`: every later event once, in order, read in batches over all
   * followed sessions. `onEvents` gets null when the session was deleted. Events this process appended
   * itself may be handed over with `Hold.advance` when they are contiguous, to save the read.
   */
  follow(
    sessionId: string,
    since: number,
    onEvents: (events: readonly SessionEvent[] | null) => void,
  ): Hold
  /**
   * Asks every process that holds open windows of the session to append them now. Resolves when each
   * of `processIds` has answered, or after `timeoutMs`, with the ones that did not.
   */
  requestFlush(
    sessionId: string,
    processIds: readonly string[],
    timeoutMs: number,
  ): Promise<{ readonly silent: readonly string[] }>
  /** Registers this process as one that flushes; the handler resolves when its windows are appended. */
  onFlushRequest(processId: string, handler: (sessionId: string) => Promise<void>): void
  readonly state: BusState
  /** Unix ms since when `state` is what it is. */
  readonly since: number
  /** How often the LISTEN connection had to be made anew after it had listened. */
  readonly rebuilt: number
  close(): Promise<void>
}

export interface Hold {
  readonly seq: number
  /** Says that events up to `seq` are known; a lower value is ignored. */
  advance(seq: number): void
  release(): void
}
