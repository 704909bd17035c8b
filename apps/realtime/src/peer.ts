import { shortSessionId } from '@bemore/ops'
import {
  CHANNELS,
  type Channel,
  CLOSE_CODES,
  type CloseName,
  ERRORS,
  type ErrorCode,
  type ServerMessage,
  type SocketScope,
} from '@bemore/protocol'
import type { FrameChannel } from './frame-channel.js'
import type { FrameStream } from './frame-stream.js'
import type { LiveSession } from './live-session.js'
import type { PeerMeters } from './peer-meters.js'
import type { Connection } from './transport/port.js'

/** A channel of the session as one socket holds it; the id is what the log calls this connection. */
export interface Seat {
  readonly channel: Channel
  readonly connectionId: string
}

const SHOWN_CONNECTION_ID = 8

/**
 * One client's socket on this process. `closed` is ours, not the wire's: from the moment a socket is
 * replaced, refused or ended nothing it still sends counts, however long its close takes.
 */
export interface Peer {
  readonly session: LiveSession
  readonly scope: SocketScope
  readonly seats: readonly Seat[]
  readonly meters: PeerMeters
  /** Of the token it was opened with; null: by the id of the session alone. */
  readonly signInId: string | null
  connection: Connection | null
  closed: boolean
  /** It said `hello`. */
  greeted: boolean
  /** Its numbered frames, by channel; null for a plain client. */
  readonly streams: Record<FrameChannel, FrameStream | null>
  /** All times monotonic ms. */
  lastSeenAt: number
  lastPingAt: number
  /** Since when output has been waiting; null: none is. */
  unsentSince: number | null
  /** The transport refused a message: what this client has seen is no longer whole. */
  lostOutput: boolean
  /** Of so many frames one is measured, as this client was told. */
  keepOneIn: number
  /** Frames since the last one that was. */
  framesPassedOver: number
}

export function createPeer(
  session: LiveSession,
  scope: SocketScope,
  meters: PeerMeters,
  createId: () => string,
  signInId: string | null,
): Peer {
  const channels = scope === 'all' ? CHANNELS : [scope]
  return {
    session,
    scope,
    seats: channels.map((channel) => ({ channel, connectionId: createId() })),
    meters,
    signInId,
    connection: null,
    closed: false,
    greeted: false,
    streams: { landmarks: null, voice: null },
    lastSeenAt: 0,
    lastPingAt: 0,
    unsentSince: null,
    lostOutput: false,
    keepOneIn: 1,
    framesPassedOver: 0,
  }
}

export function serves(peer: Peer, channel: Channel): boolean {
  return peer.scope === channel || peer.scope === 'all'
}

/** What a log line says of a socket: enough to find its other lines, and no key to anything. */
export function describePeer({ session, scope, seats }: Peer) {
  const connection = seats[0]?.connectionId.slice(0, SHOWN_CONNECTION_ID)
  return { session: shortSessionId(session.id), connection, channel: scope }
}

export function send(peer: Peer, message: ServerMessage, atMs: number): void {
  sendText(peer, JSON.stringify(message), atMs)
}

/** For a message that goes to several sockets: made into text once. */
export function sendText(peer: Peer, text: string, atMs: number): void {
  if (peer.closed || peer.connection === null) return
  const result = peer.connection.send(text)
  if (result === 'sent') return
  peer.unsentSince ??= atMs
  if (result === 'dropped') peer.lostOutput = true
}

export interface ErrorExtras {
  readonly ref?: string
  readonly retryAfterMs?: number
}

export function sendError(peer: Peer, code: ErrorCode, atMs: number, extras?: ErrorExtras): void {
  const { message, temporary } = ERRORS[code]
  const text = message[peer.session.language]
  send(peer, { type: 'error', data: { code, message: text, temporary, ...extras } }, atMs)
}

/**
 * Ends a socket from this side. The session has let go of it before the close code is on its way, so
 * that the transport may call back at once.
 */
export function closePeer(peer: Peer, name: CloseName): void {
  if (peer.closed) return
  const { code, reason } = CLOSE_CODES[name]
  peer.closed = true
  peer.session.dismiss(peer, code)
  peer.connection?.end(code, reason)
}

/** The same, saying why: an `error` message precedes every close that is not a normal one. */
export function closePeerWithError(
  peer: Peer,
  error: ErrorCode,
  name: CloseName,
  atMs: number,
): void {
  sendError(peer, error, atMs)
  closePeer(peer, name)
}
