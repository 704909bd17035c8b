/**
 * A session as this process sees it: who is connected here, what the log says of it, and the window
 * that is open. The log is the truth; everything here can be rebuilt from it, except the frames of the
 * open window. Events of the log are applied once each, in order of `seq`, whichever way they came.
 */
import {
  type BaselineSnapshot,
  type ConsentPolicy,
  createEvent,
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
import { type ConsentGate, createConsentGate } from './consent-gate.js'
import type { FaceTrack } from './face-track.js'
import type { FrameChannel } from './frame-channel.js'
import type { FrameLedger } from './frame-ledger.js'
import type { LiveFusion } from './live-fusion.js'
import type { MediaLine } from './media-line.js'
import { createPauseHistory, type PauseHistory } from './pause-history.js'
import { closePeer, closePeerWithError, type Peer, sendText, serves } from './peer.js'
import { createSessionMedia, type SessionMediaDeps } from './session-media.js'
import {
  createSessionSpeech,
  type SessionSpeech,
  type SessionSpeechDeps,
} from './session-speech.js'
import type { TakeoverGuard } from './takeover-guard.js'
import { createToldNumbers } from './told-numbers.js'
import type { VoiceTrack } from './voice-track.js'

export interface LiveSessionDeps extends SessionMediaDeps, SessionSpeechDeps {
  readonly takeovers: TakeoverGuard
  readonly opensPerMinute: number
  readonly policy: ConsentPolicy
  push(sessionId: string, event: NewSessionEvent): void
  /** Has what was pushed appended now instead of with the next batch. */
  flushSoon(): void
}

/** What the log says of a session that is attached here, besides its row. */
export interface SessionPast {
  /** What was learnt of the face, if anything. */
  readonly baseline: BaselineSnapshot | null
  /** The newest of what was said. */
  readonly words: readonly SessionEvent[]
}

export interface LiveSession {
  readonly id: string
  /** The user who started it; null: nobody, and whoever has the id may connect. */
  readonly ownerId: string | null
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
  readonly face: MediaLine<FaceTrack>
  readonly voice: MediaLine<VoiceTrack>
  readonly fusion: LiveFusion
  readonly speech: SessionSpeech
  readonly consent: ConsentGate
  /** Parts of its numbered frames that are not durable yet. */
  pendingParts(): number
  isHeld(channel: Channel): boolean
  peers(): Peer[]
  admit(peer: Peer): void
  /** Lets go of a peer that closed with this code. Called once for each admitted peer. */
  dismiss(peer: Peer, code: number): void
  /**
   * Takes the numbered frames of this channel from this peer from now on.
   * @param isReplay they may be of a time before the last frame that was measured here.
   */
  takeNumbered(peer: Peer, channel: FrameChannel, ledger: FrameLedger, isReplay: boolean): void
  /** Events of the log, in order; null: the session was deleted. */
  apply(events: readonly SessionEvent[] | null): void
  /** Closes what is due by the clock alone. */
  closeOverdueWindows(wallMs: number): void
  /** Closes the open windows early. */
  closeWindows(): void
  broadcast(message: ServerMessage, to?: Channel): void
}

export function createLiveSession(
  deps: LiveSessionDeps,
  row: SessionRow,
  past: SessionPast,
): LiveSession {
  const { clock, processId, takeovers } = deps
  const { id, ownerId, startedAt, language } = row
  const seats = createChannelSeats(processId)

  const push = (event: NewSessionEvent): void => {
    if (!session.deleted) deps.push(id, event)
  }
  const numbers = createToldNumbers()
  const broadcast = (message: ServerMessage, to?: Channel): void => {
    const text = JSON.stringify(numbers.onlyNew(message, to))
    for (const peer of seats.peers()) {
      if (to === undefined || serves(peer, to)) sendText(peer, text, clock.monotonicMs())
    }
  }
  const media = createSessionMedia(
    deps,
    {
      ...{ id, startedAt, language, push, broadcast },
      snippet: (wallMs) => speech.snippet(wallMs),
      get deleted() {
        return session.deleted
      },
      get appliedSeq() {
        return session.appliedSeq
      },
    },
    past.baseline,
  )
  const { face, voice, fusion } = media
  const speech = createSessionSpeech(
    deps,
    {
      ...{ id, language, fusion, push, broadcast },
      get appliedSeq() {
        return session.appliedSeq
      },
    },
    past.words,
  )
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
    media.close()
    const data = { ...changed(event), reason: event.data.reason }
    broadcast({ type: 'session_ended', data, seq: event.seq })
    for (const peer of seats.peers()) closePeer(peer, 'normal')
    // The report is asked for the moment a session ends.
    deps.flushSoon()
  }
  const erase = (): void => {
    session.deleted = true
    media.discard()
    for (const peer of seats.peers()) {
      closePeerWithError(peer, 'SESSION_NOT_FOUND', 'sessionNotFound', clock.monotonicMs())
    }
  }

  const applyOne = (event: SessionEvent): void => {
    switch (event.type) {
      case 'session.paused':
        session.status = 'paused'
        media.close()
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
        if (session.consent.isAllowed('face')) media.learn(event.data.baseline)
        break
      case 'consent.recorded': {
        const closed = session.consent.learn(event)
        if (closed === 'face' || closed === 'voice') media.withdraw(closed)
        if (closed === 'text') speech.withdraw()
        break
      }
      case 'voice.window':
        if (event.data.processId !== processId) fusion.hearPart(event.data.window)
        break
      default:
        speech.apply(event)
    }
  }

  // Plain fields, no getters: every frame reads `status`, and accessors would give each session a shape
  // of its own.
  const session: { -readonly [Key in keyof LiveSession]: LiveSession[Key] } = {
    id,
    startedAt,
    ownerId,
    language,
    reservations: 0,
    status: row.status,
    deleted: false,
    appliedSeq: row.lastSeq,
    opens: createTokenBucket(deps.opensPerMinute / 60, deps.opensPerMinute / 2),
    idleSince: clock.monotonicMs(),
    pauses: createPauseHistory(row.status === 'paused'),
    ...{ face, voice, fusion, speech },
    consent: createConsentGate(row.consent, deps.policy),
    pendingParts: () => (face.ledger?.pendingParts ?? 0) + (voice.ledger?.pendingParts ?? 0),
    isHeld: (channel) => seats.isHeld(channel),
    peers: () => seats.peers(),
    admit(peer) {
      session.idleSince = null
      if (serves(peer, 'landmarks')) face.takePlain()
      if (serves(peer, 'voice')) voice.takePlain()
      for (const other of seats.take(peer)) {
        const contested = CHANNELS.find(
          (channel) => serves(other, channel) && serves(peer, channel),
        )
        giveWay(other, contested ?? 'session')
      }
      for (const seat of peer.seats) {
        push(createEvent('channel.opened', clock.wallMs(), { ...seat, processId }))
      }
      // Whoever comes after the flag has to see the card as well.
      if (speech.isRiskFlagged && serves(peer, 'session')) speech.showCard(peer)
      // Until it is in the log, an older connection on another process goes on counting frames.
      deps.flushSoon()
    },
    dismiss(peer, code) {
      seats.leave(peer)
      if (seats.holder('landmarks') === null) media.rest()
      if (seats.holder('voice') === null) media.restVoice()
      for (const seat of peer.seats) {
        push(createEvent('channel.closed', clock.wallMs(), { ...seat, processId, code }))
      }
      face.release(peer)
      voice.release(peer)
      if (seats.peers().length === 0) session.idleSince = clock.monotonicMs()
    },
    takeNumbered(peer, channel, ledger, isReplay) {
      // Closes the open window where it holds another's frames, so before the engine goes.
      lineOf(session, channel).takeNumbered(peer, ledger)
      if (isReplay) media.rewind(channel)
    },
    apply(events) {
      if (events === null) return session.deleted ? undefined : erase()
      session.pauses.learn(events)
      const over = closedIn(events)
      for (const event of events) {
        if (event.seq <= session.appliedSeq) continue
        session.appliedSeq = event.seq
        // Nobody gives way to a connection that was over before it was heard of.
        const isOver = event.type === 'channel.opened' && over.has(event.data.connectionId)
        if (!isOver) applyOne(event)
      }
      const news = session.consent.takeNews()
      if (news !== null) broadcast(news)
    },
    closeOverdueWindows: (wallMs) => media.closeOverdue(wallMs),
    closeWindows: () => media.close(),
    broadcast,
  }
  return session
}

function closedIn(events: readonly SessionEvent[]): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) => (event.type === 'channel.closed' ? [event.data.connectionId] : [])),
  )
}

/** The line of windows that a channel's frames go into. */
export function lineOf(
  session: LiveSession,
  channel: FrameChannel,
): MediaLine<FaceTrack> | MediaLine<VoiceTrack> {
  return channel === 'landmarks' ? session.face : session.voice
}
