/**
 * What arrives on an open socket, sorted by cost: landmark frames go the hot path (`FrameIntake`),
 * voice likewise (`VoiceIntake`), everything else is a control message. Whatever a client sends costs at most the message, until it
 * is too much to be an accident.
 */
import type { RealtimeConfig } from '@bemore/ops'
import {
  binaryFrameKind,
  type Channel,
  type ClientMessageType,
  cleanTexts,
  type FrameProblem,
  isTakenBy,
  isTooDeep,
  parseJson,
  saidIn,
} from '@bemore/protocol'
import type { ChatHandler } from './chat-handler.js'
import type { Clock } from './clock.js'
import type { CommandHandler } from './command-handler.js'
import type { ConsentHandler } from './consent-handler.js'
import type { FrameIntake } from './frame-intake.js'
import type { HelloHandler } from './hello-handler.js'
import { closePeerWithError, type Peer, sendError, serves } from './peer.js'
import { isWithinAllowance } from './rate-notice.js'
import type { Traffic } from './traffic.js'
import type { UtteranceHandler } from './utterance-handler.js'
import type { VoiceIntake } from './voice-intake.js'

/** Control messages are a few dozen bytes; a text longer than this can only be meant as a frame. */
const LONGEST_CONTROL_BYTES = 4_096
/** What the longest utterance may take; a text beyond is charged before it is parsed. */
const LONGEST_WORDS_BYTES = 32_768
/** Only an escape can bring in half a character, or none. */
const ESCAPE = '\\u'
const SAID: ReadonlySet<string> = new Set(['stt_text', 'request_ai_response'])
const WORDS = ['"stt_text"', '"request_ai_response"'] as const

export type MessageHandler = (peer: Peer, bytes: Uint8Array, isBinary: boolean) => void

export interface MessageHandlerDeps {
  readonly config: Pick<RealtimeConfig, 'maxMessageBytes' | 'malformedLimit'>
  readonly clock: Clock
  readonly frames: FrameIntake
  readonly traffic: Pick<Traffic, 'landmarks' | 'voice'>
  readonly voice: VoiceIntake
  readonly utterances: UtteranceHandler
  readonly chat: ChatHandler
  readonly commands: CommandHandler
  readonly hello: HelloHandler
  readonly consent: ConsentHandler
}

export function createMessageHandler(deps: MessageHandlerDeps): MessageHandler {
  const { config, clock, frames, traffic, voice, utterances, chat } = deps
  const { commands, hello, consent } = deps

  const reject = (peer: Peer, channel: Channel, problem: string, atMs: number): void => {
    if (channel !== 'session') traffic[channel].rejected.add(problem)
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
      if (problem !== null) reject(peer, 'landmarks', problem, atMs)
      return
    }
    if (kind === 'voice' && serves(peer, 'voice')) {
      const problem = voice.takeBinary(peer, bytes, atMs)
      if (problem !== null) reject(peer, 'voice', problem, atMs)
      return
    }
    if (!isWithinAllowance(peer, 'controls', atMs)) return
    if (kind === 'landmarks' || kind === 'voice') decline(peer, `binary:${kind}`, atMs)
    else reject(peer, channelOf(peer), kind satisfies FrameProblem, atMs)
  }

  /** @returns what is wrong with it, or null. */
  const takeControl = (
    peer: Peer,
    type: ClientMessageType,
    message: unknown,
    atMs: number,
  ): string | null => {
    switch (type) {
      case 'hello':
        return hello(peer, message, atMs)
      case 'voice_activity':
      case 'vad_result':
        return voice.takeActivity(peer, message, atMs)
      case 'stt_text':
        return utterances(peer, message, atMs)
      case 'request_ai_response':
        return chat(peer, message, atMs)
      case 'consent':
        return consent(peer, message, atMs)
      default:
        commands(peer, type, atMs)
        return null
    }
  }

  const takeLandmarkText = (peer: Peer, bytes: Uint8Array, atMs: number): void => {
    const problem = frames.takeText(peer, bytes, atMs)
    if (problem === 'NOT_LANDMARKS') decline(peer, 'not a landmark frame', atMs)
    else if (problem !== null) reject(peer, 'landmarks', problem, atMs)
  }

  const takeText = (peer: Peer, bytes: Uint8Array, atMs: number): void => {
    const isLong = bytes.length > LONGEST_CONTROL_BYTES
    if (isLong && serves(peer, 'landmarks') && !(peer.scope === 'all' && saysWords(bytes))) {
      takeLandmarkText(peer, bytes, atMs)
      return
    }
    // A short text is parsed before it is charged: only then is it known what it is.
    if (bytes.length > LONGEST_WORDS_BYTES && !isWithinAllowance(peer, 'controls', atMs)) return
    const message = readMessage(bytes)
    const type = typeOf(message)
    if (type === 'landmarks' && serves(peer, 'landmarks')) {
      const problem = frames.takeMessage(peer, message, atMs)
      if (problem !== null) reject(peer, 'landmarks', problem, atMs)
      return
    }
    const isCharged = bytes.length > LONGEST_WORDS_BYTES
    if (!isCharged && !isWithinAllowance(peer, 'controls', atMs)) {
      // However much a client says, a cry for help in it is heard.
      if (!peer.closed && type !== null && SAID.has(type))
        peer.session.speech.screen(saidIn(message))
      return
    }
    if (type === null) {
      reject(peer, channelOf(peer), message === undefined ? 'NOT_JSON' : 'NO_TYPE', atMs)
    } else if (!isTakenBy(peer.scope, type)) decline(peer, type, atMs)
    else {
      const problem = takeControl(peer, type, message, atMs)
      if (problem !== null) reject(peer, 'session', problem, atMs)
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

/** A parsed message, with nothing in it that cannot be stored. */
function readMessage(bytes: Uint8Array): unknown {
  const message = parseJson(bytes)
  if (isTooDeep(message)) return undefined
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return text.includes(ESCAPE) ? cleanTexts(message) : message
}

/** Where a message is counted of which it is not known what it was meant to be. */
function channelOf(peer: Peer): Channel {
  return serves(peer, 'landmarks') ? 'landmarks' : peer.scope === 'voice' ? 'voice' : 'session'
}

/** On a socket that carries everything a long text may be words, wherever in it its type stands. */
function saysWords(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return WORDS.some((type) => text.includes(type))
}

function typeOf(message: unknown): string | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null
  return typeof message.type === 'string' ? message.type : null
}
