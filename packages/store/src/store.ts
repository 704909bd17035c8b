import type { Consent, NewSessionEvent, SessionEvent, SessionEventType } from '@bemore/core'
import type { Channel, SessionStatus } from '@bemore/protocol'
import type { AccountStore } from './accounts/accounts.js'

/**
 * What the rest of the house sees of the database. Every promise here settles within its deadline:
 * on trouble it rejects with a `StoreError`, whose `code` is one of the catalogue.
 */
export interface Store {
  readonly sessions: SessionStore
  readonly log: EventLog
  readonly erasure: ErasureStore
  readonly accounts: AccountStore
  readonly processes: ProcessRegistry
  /**
   * A cheap round trip, with its own short deadline. Rejects also where the database answers but takes
   * no writes: DATABASE_READ_ONLY, DATABASE_FULL.
   */
  ping(): Promise<void>
  /** How far the database's clock is ahead of this process', ms; null until it is known. */
  readonly clockOffsetMs: number | null
  /** What the database's clock showed, Unix ms, when `performance.now()` was 0; null until it is known. */
  readonly clockEpochMs: number | null
  /** Ends the pool; whatever is still running after `timeoutMs` is cut off. */
  close(timeoutMs: number): Promise<void>
}

/** The `sessions` row: a projection of the log, kept in the transaction of each append. */
export interface SessionRow {
  readonly id: string
  readonly status: SessionStatus
  readonly ownerId: string | null
  readonly deviceId: string | null
  readonly language: 'en' | 'ko'
  /** Unix ms. */
  readonly startedAt: number
  readonly endedAt: number | null
  readonly lastSeq: number
  /** Channels open now, over all processes. */
  readonly openChannels: number
  /** When the first channel ever opened, Unix ms. */
  readonly connectedAt: number | null
  /** Last append, Unix ms. */
  readonly lastActiveAt: number
  /** As `foldConsent` gives it. */
  readonly consent: Consent
}

export interface StartSession {
  readonly ownerId?: string
  readonly deviceId?: string
  readonly counselorId?: string
  readonly language: 'en' | 'ko'
  /** Unix ms; becomes `session.started.at`. */
  readonly at: number
  /** Scoped by owner, else device, else the caller's address: a stranger cannot collide with it. */
  readonly idempotency?: {
    readonly scope: string
    readonly key: string
    /** Digest of the request: the same key with another one rejects with `IDEMPOTENCY_KEY_REUSED`. */
    readonly fingerprint: string
  }
  /** A start by the same device within this time, while no channel of the first ever opened, gives the first again. */
  readonly deviceWindowMs: number
}

export interface SessionStore {
  /** Starts a session, or gives the one an equal earlier start made (`created: false`). */
  start(start: StartSession): Promise<{ session: SessionRow; created: boolean }>
  get(sessionId: string): Promise<SessionRow | null>
  /** Newest first; `before` is the `startedAt` and id of the last row of the previous page. */
  list(filter: {
    readonly ownerId?: string
    /** Only sessions that nobody owns: a device may be used by several people. */
    readonly deviceId?: string
    readonly status?: SessionStatus
    readonly before?: { readonly startedAt: number; readonly id: string }
    readonly limit: number
  }): Promise<SessionRow[]>
  /** Ids of sessions not ended, without an open channel, last active before `before` (Unix ms). */
  listAbandoned(before: number, limit: number): Promise<string[]>
}

/** What is left of an erased session: a proof without content. */
export interface ErasureReceipt {
  readonly receiptId: string
  /** Unix ms. */
  readonly erasedAt: number
  readonly kind: 'request' | 'owner' | 'retention'
  /** Of the session id, in hex: whoever has the id can tell that this is its receipt. */
  readonly sessionSha256: string
  /** How many were in its log. */
  readonly events: number
}

/** Consent that is withdrawn erases by itself, at the append that says so; see `0004`. */
export interface ErasureStore {
  /** Erases the session, its events, its channels and its keys; null if there was none. */
  session(sessionId: string): Promise<ErasureReceipt | null>
  /** The same for at most `limit` sessions of an owner; fewer receipts than that: none is left. */
  owner(ownerId: string, limit: number): Promise<ErasureReceipt[]>
  receipt(receiptId: string): Promise<ErasureReceipt | null>
  /**
   * Erases what was read in one session that ended before `before` (Unix ms); its course stays.
   * @returns how many events lost their data; null: no session is left that nobody else works on.
   */
  expireData(before: number, at: number, producer: string): Promise<number | null>
  /** Erases sessions as a whole that ended before `before`. @returns how many. */
  expireSessions(before: number, limit: number): Promise<number>
}

/** An event with its idempotency key: a key appended before is not appended again. */
export interface KeyedEvent {
  readonly sessionId: string
  readonly event: NewSessionEvent
  readonly producer: string
  readonly producerSeq: number
}

/** What a batch did to one session: appended `count` events, the last of which has `lastSeq`. */
export interface AppendedRange {
  readonly sessionId: string
  /** 0 where every event had been appended before. */
  readonly count: number
  readonly lastSeq: number
}

export interface AppendResult {
  readonly appended: readonly AppendedRange[]
  /** Sessions that do not exist (any more): their events were dropped. */
  readonly unknownSessions: readonly string[]
}

export interface EventLog {
  /** Appends a batch, all or nothing but for unknown sessions; any number of sessions. Idempotent by key. */
  append(events: readonly KeyedEvent[]): Promise<AppendResult>
  /**
   * Decides under the session's lock: `decide` sees the current row and returns the events to append.
   * @returns the row after the append, or null where there is no such session.
   */
  transact(
    sessionId: string,
    producer: string,
    decide: (session: SessionRow) => readonly NewSessionEvent[],
  ): Promise<{ session: SessionRow; appended: number } | null>
  /** Events with `seq > since`, in order, at most `limit` (default: config). */
  read(sessionId: string, since: number, limit?: number): Promise<SessionEvent[]>
  /** The same for many sessions in one statement; `limit` is per session. */
  readMany(
    wanted: readonly { readonly sessionId: string; readonly since: number }[],
    limit?: number,
  ): Promise<SessionEvent[]>
  /** `last_seq` of each session that exists. */
  lastSeqs(sessionIds: readonly string[]): Promise<Map<string, number>>
  /** The newest event of a type, or null where there is none. */
  latest(sessionId: string, type: SessionEventType): Promise<SessionEvent | null>
  /** The newest events of these types, in order, at most `limit`. */
  recent(
    sessionId: string,
    types: readonly SessionEventType[],
    limit: number,
  ): Promise<SessionEvent[]>
  /** Channels open now. */
  openChannels(sessionId: string): Promise<OpenChannel[]>
}

export interface OpenChannel {
  readonly sessionId: string
  readonly channel: Channel
  readonly connectionId: string
  readonly processId: string
  /** Unix ms. */
  readonly openedAt: number
}

/** Running processes announce themselves, so that others know whose channels are orphans. */
export interface ProcessRegistry {
  heartbeat(process: {
    readonly id: string
    readonly kind: 'api' | 'realtime'
    /** Told to the other processes as it is: JSON, and small. */
    readonly info: object
  }): Promise<void>
  /** Removes the process; its channels count as orphans at once. */
  leave(processId: string): Promise<void>
  /** Channels opened by processes without a heartbeat since `staleMs` (or unknown), at most `limit`. */
  listOrphanChannels(staleMs: number, limit: number): Promise<OpenChannel[]>
  /** The freshest first, at most `limit` (default 500): processes that crashed stay for a day. */
  list(limit?: number): Promise<RunningProcess[]>
}

export interface RunningProcess {
  readonly id: string
  readonly kind: 'api' | 'realtime'
  /** Unix ms, by the clock of the database. */
  readonly startedAt: number
  readonly heartbeatAt: number
  /** By the clock of the database when it was asked, ms. */
  readonly heartbeatAgeMs: number
  readonly info: object
}
