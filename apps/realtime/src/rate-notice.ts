import type { Channel, ServerMessage } from '@bemore/protocol'
import type { FrameChannel } from './frame-channel.js'
import { closePeerWithError, type Peer, send } from './peer.js'

/** What has an allowance of its own. */
export type MessageKind = FrameChannel | 'controls'

/**
 * Takes one from the socket's allowance. Over it, the message is to be dropped: the client is told at
 * most once a second, and one that keeps on at ten times the limit is closed with 4329.
 */
export function isWithinAllowance(peer: Peer, kind: MessageKind, atMs: number): boolean {
  const allowance = peer.meters[kind]
  const flooding = !allowance.flood.take(atMs)
  if (allowance.bucket.take(atMs)) return true
  if (flooding) closePeerWithError(peer, 'RATE_LIMITED', 'rateLimited', atMs)
  else if (peer.meters.rateNotices.take(atMs)) {
    send(peer, rateNotice(channelOf(peer, kind), allowance.perSecond, kind), atMs)
  }
  return false
}

/** The client sends although it was told not to: frames are only sampled. */
export function tellNoCredit(peer: Peer, channel: FrameChannel, atMs: number): void {
  if (!peer.meters.rateNotices.take(atMs)) return
  const reason = 'no credit: frames are only sampled until an ack gives some'
  send(peer, { type: 'rate', data: { channel, maxFps: 0, reason } }, atMs)
}

/** Tells a client how many of its frames are measured from now on. */
export function sendSheddingNotice(peer: Peer, keepOneIn: number, atMs: number): void {
  const maxFps = Math.max(1, Math.floor(peer.meters.landmarks.perSecond / keepOneIn))
  const reason =
    keepOneIn === 1
      ? 'the load has passed: every frame is measured again'
      : `the server is overloaded: one frame in ${keepOneIn} is measured`
  send(peer, { type: 'rate', data: { channel: 'landmarks', maxFps, reason } }, atMs)
}

function channelOf(peer: Peer, kind: MessageKind): Channel {
  if (peer.scope !== 'all') return peer.scope
  return kind === 'controls' ? 'session' : kind
}

function rateNotice(channel: Channel, maxFps: number, kind: MessageKind): ServerMessage {
  const what = kind === 'controls' ? 'messages' : 'frames'
  const reason = `more than ${maxFps} ${what} a second: those above are dropped`
  return { type: 'rate', data: { channel, maxFps, reason } }
}
