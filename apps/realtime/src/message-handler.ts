/**
 * What arrives on an open socket, sorted by cost: landmark frames go the hot path (`FrameIntake`),
 * everything else is a control message. Whatever a client sends costs at most the message, until it
 * is too much to be an accident.
 */
import type { RealtimeConfig } from '@bemore/ops'
import { binaryFrameKind, type FrameProblem, isTakenBy, parseJson } from '@bemore/protocol'
import type { Clock } from './clock.js'
import type { CommandHandler } from './command-handler.js'
import type { ConsentHandler } from './consent-handler.js'
import type { FrameIntake } from './frame-intake.js'
import type { HelloHandler } from './hello-handler.js'
import { closePeerWithError, type Peer, sendError, serves } from './peer.js'
import { isWithinAllowance } from './rate-notice.js'
import type { FrameCounts } from './traffic.js'

/** Control messages are a few dozen bytes; a text longer than this can only be meant as a frame. */
const LONGEST_CONTROL_BYTES = 4_096

export type MessageHandler = (peer: Peer, bytes: Uint8Array, isBinary: boolean) => void

export interface MessageHandlerDeps {
  readonly config: Pick<RealtimeConfig, 'maxMessageBytes' | 'malformedLimit'>
  readonly clock: Clock
  readonly frames: FrameIntake
  readonly counts: FrameCounts
  readonly commands: CommandHandler
  readonly hello: HelloHandler
  readonly consent: ConsentHandler
}

export function createMessageHandler(deps: MessageHandlerDeps): MessageHandler {
  const { config, clock, frames, counts, commands, hello, consent } = deps

  const reject = (peer: Peer, problem: string, atMs: number): void => {
    if (serves(peer, 'landmarks')) counts.rejected.add(problem)
    if (peer.meters.malformed.add(atMs) >= config.malformedLimit) {
      closePeerWithError(peer, 'TOO_MANY_MALFORMED', 'malformed', atMs)
    } else if (peer.meters.errorReplies.take(atMs)) {
      sendError(peer, 'MALFORMED_MESSAGE', atMs, { ref: problem })
    }
  }

  /** Understood, but not for this channel: a newer client perhaps, so it is not held against it. */
  const decline = (peer: Peer, type: string, atMs: number): void => {
    if (!peer.meters.errorReplies.take(atMs)) return
    sendError(peer, 'UNKNOWN_MESSAGE_TYPE', atMs, { ref: type.slice(0, 64) })
  }

  const takeBinary = (peer: Peer, bytes: Uint8Array, atMs: number): void => {
    const kind = binaryFrameKind(bytes)
    if (kind === 'landmarks' && serves(peer, 'landmarks')) {
      const problem = frames.takeBinary(peer, bytes, atMs)
      if (problem !== null) reject(peer, problem, atMs)
      return
    }
    if (!isWithinAllowance(peer, 'control', atMs)) return
    if (kind === 'landmarks' || kind === 'voice') decline(peer, `binary:${kind}`, atMs)
    else reject(peer, kind satisfies FrameProblem, atMs)
  }

  const takeText = (peer: Peer, bytes: Uint8Array, atMs: number): void => {
    if (serves(peer, 'landmarks') && bytes.length > LONGEST_CONTROL_BYTES) {
      const problem = frames.takeText(peer, bytes, atMs)
      if (problem === 'NOT_LANDMARKS') decline(peer, 'not a landmark frame', atMs)
      else if (problem !== null) reject(peer, problem, atMs)
      return
    }
    // A short text is parsed before it is charged: only then is it known what it is.
    const long = bytes.length > LONGEST_CONTROL_BYTES
    if (long && !isWithinAllowance(peer, 'control', atMs)) return
    const message = parseJson(bytes)
    const type = typeOf(message)
    if (type === 'landmarks' && serves(peer, 'landmarks')) {
      const problem = frames.takeMessage(peer, message, atMs)
      if (problem !== null) reject(peer, problem, atMs)
      return
    }
    if (!long && !isWithinAllowance(peer, 'control', atMs)) return
    if (type === null) reject(peer, message === undefined ? 'NOT_JSON' : 'NO_TYPE', atMs)
    else if (!isTakenBy(peer.scope, type)) decline(peer, type, atMs)
    else if (type !== 'hello' && type !== 'consent') commands(peer, type, atMs)
    else {
      const problem = (type === 'hello' ? hello : consent)(peer, message, atMs)
      if (problem !== null) reject(peer, problem, atMs)
    }
  }

  return (peer, bytes, isBinary) => {
    if (peer.closed) return
    const atMs = clock.monotonicMs()
    peer.lastSeenAt = atMs
    if (bytes.length > config.maxMessageBytes) {
      closePeerWithError(peer, 'MESSAGE_TOO_LARGE', 'frameTooLarge', atMs)
    } else if (isBinary) takeBinary(peer, bytes, atMs)
    else takeText(peer, bytes, atMs)
  }
}

function typeOf(message: unknown): string | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null
  return typeof message.type === 'string' ? message.type : null
}
