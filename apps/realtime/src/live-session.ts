/**
 * A session as this process sees it: who is connected here, what the log says of it, and the window
 * that is open. The log is the truth; everything here can be rebuilt from it, except the frames of the
 * open window. Events of the log are applied once each, in order of `seq`, whichever way they came.
 */
import {
  type BaselineSnapshot,
  type ConsentPolicy,
  createEvent,
  type FaceWindowData,
  mergeFaceWindows,
  type NewSessionEvent,
  type SessionEvent,
  type SessionEventData,
} from '@bemore/core'
import { createTokenBucket, type TokenBucket } from '@bemore/ops'
import {
  CHANNELS,
  type Channel,
  type Language,
  type ServerMessage,
  type SessionStatus,
} from '@bemore/protocol'
import type { SessionRow } from '@bemore/store'
import { createChannelSeats } from './channel-seats.js'
import type { Clock } from './clock.js'
import { type ConsentGate, createConsentGate } from './consent-gate.js'
import type { FaceTrack } from './face-track.js'
import type { FrameLedger } from './frame-ledger.js'
import { createPauseHistory, type PauseHistory } from './pause-history.js'
import { closePeer, closePeerWithError, type Peer, sendText, serves } from './peer.js'
import type { TakeoverGuard } from './takeover-guard.js'
import type { WindowPublisher } from './window-publisher.js'

/** What was learnt of a face is saved this often, and when the camera goes: about 1 KB a minute. */
const WINDOWS_PER_BASELINE = 6
/** A frame taken at the end of a window arrives after it: numbered ones are waited for this long, ms. */
const LATE_FRAMES_MS = 1_000

export interface LiveSessionDeps {
  readonly processId: string
  readonly clock: Clock
  readonly takeovers: TakeoverGuard
  readonly windows: WindowPublisher
  readonly opensPerMinute: number
  readonly policy: ConsentPolicy
  readonly createFaceTrack: (startedAt: number, baseline: BaselineSnapshot | null) => FaceTrack
  push(sessionId: string, event: NewSessionEvent): void
  /** Has what was pushed appended now instead of with the next batch. */
  flushSoon(): void
}

export interface LiveSession {
  readonly id: string
  readonly startedAt: number
  readonly language: Language
  readonly status: SessionStatus
  readonly deleted: boolean
  readonly appliedSeq: number
  /** Sockets it may open: each costs the log two events, so a client that only reconnects is held back. */
  readonly opens: TokenBucket
  /** Upgrades accepted and not yet open: they keep the session here. */
  reservations: number
  /** Since when nobody is connected, monotonic ms; null: somebody is, or is about to be. */
  readonly idleSince: number | null
  readonly pauses: PauseHistory
  readonly consent: ConsentGate
  /** What became of the frames of the client that last said `hello`: it may come back for them. */
  readonly ledger: FrameLedger | null
  /** Whose numbered frames are taken. */
  readonly streaming: Peer | null
  isHeld(channel: Channel): boolean
  peers(): Peer[]
  admit(peer: Peer): void
  /** Lets go of a peer that closed with this code. Called once for each admitted peer. */
  dismiss(peer: Peer, code: number): void
  /**
   * Takes the numbered frames of this peer from now on.
   * @param isReplay they may be of a time before the last frame that was measured here.
   */
  takeNumbered(peer: Peer, ledger: FrameLedger, isReplay: boolean): void
  /** Events of the log, in order; null: the session was deleted. */
  apply(events: readonly SessionEvent[] | null): void
  /** The engine and the open window; made when the first frame comes. */
  face(): FaceTrack
  /** Closes the open window if its time is over at `wallMs`: the next frame is of that moment. */
  closeDueWindow(wallMs: number): void
  /** The same by the clock alone: where frames are numbered, late ones are waited for. */
  closeOverdueWindow(wallMs: number): void
  /** Closes the open window early; what comes later in its time is another part of it. */
  closeWindow(): void
  broadcast(message: ServerMessage, to?: Channel): void
}

export function createLiveSession(
  deps: LiveSessionDeps,
  row: SessionRow,
  restoredBaseline: BaselineSnapshot | null,
): LiveSession {
  const { clock, processId, takeovers, windows } = deps
  const { id, startedAt, language } = row
  const seats = createChannelSeats(processId)
  let baseline = restoredBaseline
  let face: FaceTrack | null = null
  /** The last window as far as it was closed here, whatever cut it into parts. */
  let whole: FaceWindowData | null = null
  /** Whose frames the open window holds; null: those of a plain client. */
  let counting: FrameLedger | null = null
  let windowsSinceSaved = 0

  const push = (event: NewSessionEvent): void => {
    if (!session.deleted) deps.push(id, event)
  }
  const broadcast = (message: ServerMessage, to?: Channel): void => {
    const text = JSON.stringify(message)
    const atMs = clock.monotonicMs()
    for (const peer of seats.peers()) {
      if (to === undefined || serves(peer, to)) sendText(peer, text, atMs)
    }
  }
  const closeWindow = (): void => {
    const part = face?.close(clock.wallMs()) ?? null
    if (part === null || session.deleted) return
    whole = whole?.index === part.index ? mergeFaceWindows([whole, part]) : part
    windows.publish(session, part, whole, counting)
  }
  const closeIfDue = (wallMs: number, graceMs: number): void => {
    if (face === null || !face.isDue(wallMs, graceMs)) return
    closeWindow()
    windowsSinceSaved += 1
    if (windowsSinceSaved >= WINDOWS_PER_BASELINE) saveBaseline()
  }
  /** A part holds the frames of one client: those of the next one go into another part. */
  const changeSource = (source: FrameLedger | null): void => {
    if (counting !== source) closeWindow()
    counting = source
  }
  const saveBaseline = (): void => {
    windowsSinceSaved = 0
    const learnt = face?.takeBaseline() ?? null
    if (learnt !== null) push(createEvent('baseline.set', clock.wallMs(), { baseline: learnt }))
  }
  /** Only a channel that the log has as open is waited for at the end of the session. */
  const reopen = ({ channel, connectionId }: SessionEventData<'channel.closed'>): void =>
    push(createEvent('channel.opened', clock.wallMs(), { channel, connectionId, processId }))
  const giveWay = (peer: Peer, channel: Channel): void => {
    takeovers.record(id, channel, clock.monotonicMs())
    closePeerWithError(peer, 'CHANNEL_REPLACED', 'replaced', clock.monotonicMs())
  }
  const changed = (event: SessionEvent) => ({
    sessionId: id,
    status: session.status,
    timestamp: event.at,
  })
  const end = (event: Extract<SessionEvent, { type: 'session.ended' }>): void => {
    session.status = 'ended'
    closeWindow()
    const data = { ...changed(event), reason: event.data.reason }
    broadcast({ type: 'session_ended', data, seq: event.seq })
    for (const peer of seats.peers()) closePeer(peer, 'normal')
    // The report is asked for the moment a session ends.
    deps.flushSoon()
  }
  /** What is open of a face that may no longer be read is not stored, and its frames count as taken. */
  const discardFace = (): void => {
    face = null
    whole = null
    baseline = null
    counting?.cut()
  }
  const erase = (): void => {
    session.deleted = true
    face = null
    for (const peer of seats.peers()) {
      closePeerWithError(peer, 'SESSION_NOT_FOUND', 'sessionNotFound', clock.monotonicMs())
    }
  }

  const applyOne = (event: SessionEvent): void => {
    switch (event.type) {
      case 'session.paused':
        session.status = 'paused'
        closeWindow()
        broadcast({ type: 'session_paused', data: changed(event), seq: event.seq })
        break
      case 'session.resumed':
        session.status = 'active'
        broadcast({ type: 'session_resumed', data: changed(event), seq: event.seq })
        break
      case 'session.ended':
        end(event)
        break
      case 'channel.opened': {
        const replaced = seats.openedInLog(event.data)
        if (replaced !== null) giveWay(replaced, event.data.channel)
        break
      }
      case 'channel.closed':
        if (seats.closedInLog(event.data)) reopen(event.data)
        break
      case 'baseline.set':
        // Another process had the camera before us; it matters as long as our engine has not begun.
        if (session.consent.isAllowed('face')) baseline = event.data.baseline
        break
      case 'consent.recorded':
        if (session.consent.learn(event) === 'face') discardFace()
        break
    }
  }

  // Plain fields, no getters: every frame reads `status`, and accessors would give each session a shape
  // of its own.
  const session: { -readonly [Key in keyof LiveSession]: LiveSession[Key] } = {
    id,
    startedAt,
    language,
    reservations: 0,
    status: row.status,
    deleted: false,
    appliedSeq: row.lastSeq,
    opens: createTokenBucket(deps.opensPerMinute / 60, deps.opensPerMinute / 2),
    idleSince: clock.monotonicMs(),
    pauses: createPauseHistory(row.status === 'paused'),
    consent: createConsentGate(row.consent, deps.policy),
    ledger: null,
    streaming: null,
    isHeld: (channel) => seats.isHeld(channel),
    peers: () => seats.peers(),
    admit(peer) {
      session.idleSince = null
      if (serves(peer, 'landmarks')) {
        session.streaming = null
        changeSource(null)
      }
      for (const other of seats.take(peer)) {
        const contested = CHANNELS.find(
          (channel) => serves(other, channel) && serves(peer, channel),
        )
        giveWay(other, contested ?? 'session')
      }
      for (const seat of peer.seats) {
        push(createEvent('channel.opened', clock.wallMs(), { ...seat, processId }))
      }
      // Until it is in the log, an older connection on another process goes on counting frames.
      deps.flushSoon()
    },
    dismiss(peer, code) {
      seats.leave(peer)
      if (seats.holder('landmarks') === null) {
        closeWindow()
        saveBaseline()
      }
      for (const seat of peer.seats) {
        push(createEvent('channel.closed', clock.wallMs(), { ...seat, processId, code }))
      }
      if (session.streaming === peer) {
        session.streaming = null
        if (session.ledger !== null) session.ledger.lastSeenAt = clock.monotonicMs()
      }
      if (seats.peers().length === 0) session.idleSince = clock.monotonicMs()
    },
    takeNumbered(peer, ledger, isReplay) {
      changeSource(ledger)
      if (isReplay) {
        baseline = face?.takeBaseline() ?? baseline
        face = null
      }
      session.ledger = ledger
      session.streaming = peer
    },
    apply(events) {
      if (events === null) return session.deleted ? undefined : erase()
      session.pauses.learn(events)
      for (const event of events) {
        if (event.seq <= session.appliedSeq) continue
        session.appliedSeq = event.seq
        applyOne(event)
      }
      const news = session.consent.takeNews()
      if (news !== null) broadcast(news)
    },
    face() {
      face ??= deps.createFaceTrack(startedAt, baseline)
      return face
    },
    closeDueWindow: (wallMs) => closeIfDue(wallMs, 0),
    closeOverdueWindow: (wallMs) => closeIfDue(wallMs, counting === null ? 0 : LATE_FRAMES_MS),
    closeWindow,
    broadcast,
  }
  return session
}
