/**
 * The counselling chat. One reply at a time a session; what the user says passes the risk screen before
 * anything else is done with it, and behind a flag nothing is written but who can be called.
 */
import { randomUUID } from 'node:crypto'
import { createEvent, detectLanguage } from '@bemore/core'
import type { ReplyRequest } from '@bemore/gemini'
import type { Logger, RealtimeConfig } from '@bemore/ops'
import { ERRORS, type ErrorCode, readChatRequest, saidIn } from '@bemore/protocol'
import type { Clock } from './clock.js'
import { describePeer, type Peer, send } from './peer.js'
import type { Traffic } from './traffic.js'

/** Who writes the replies. It never rejects: where it cannot write, it gives a prepared reply. */
export interface Companion {
  streamReply(
    request: ReplyRequest,
  ): Promise<{ readonly source: 'local' | 'gemini'; readonly reason?: string }>
}

/** @returns what is wrong with the message, or null. */
export type ChatHandler = (peer: Peer, message: unknown, atMs: number) => string | null

export interface ChatHandlerDeps {
  readonly config: Pick<RealtimeConfig, 'utteranceMaxChars'>
  readonly log: Logger
  readonly clock: Clock
  readonly companion: Companion
  readonly replies: Traffic['replies']
}

export function createChatHandler(deps: ChatHandlerDeps): ChatHandler {
  const { config, log, clock, companion, replies } = deps

  const refuse = (peer: Peer, code: ErrorCode): void => {
    const error = ERRORS[code].message[peer.session.language]
    send(
      peer,
      { type: 'ai_stream_error', data: { error, code, message: error } },
      clock.monotonicMs(),
    )
  }

  const say = (peer: Peer, replyId: string, chunk: string): void =>
    send(
      peer,
      { type: 'ai_stream_chunk', data: { chunk, text: chunk, replyId } },
      clock.monotonicMs(),
    )

  const reply = async (peer: Peer, text: string, signal: AbortSignal): Promise<void> => {
    const { session } = peer
    const { speech } = session
    const replyId = randomUUID()
    const begunAt = clock.wallMs()
    const history = [...speech.history]
    const spoken = detectLanguage(text)
    const language = spoken === 'unknown' ? session.language : spoken
    speech.record(
      createEvent('chat.message', begunAt, {
        ...{ messageId: randomUUID(), role: 'user', text, source: 'client' },
      }),
    )
    send(
      peer,
      { type: 'ai_stream_begin', data: { replyId, timestamp: begunAt } },
      clock.monotonicMs(),
    )
    let said = ''
    const { source, reason } = await companion.streamReply({
      ...{ language, history, message: text, signal },
      emotion: session.fusion.latest?.label ?? null,
      onChunk(chunk) {
        said += chunk
        say(peer, replyId, chunk)
      },
    })
    replies.add(source)
    const because = reason === undefined ? {} : { reason }
    const data = { replyId, source, ...because, timestamp: clock.wallMs() }
    send(peer, { type: 'ai_stream_complete', data }, clock.monotonicMs())
    // Nobody waited for it any more, or may keep it.
    if (said === '' || signal.aborted) return
    speech.record(
      createEvent('chat.message', clock.wallMs(), {
        ...{ messageId: replyId, role: 'assistant', text: said, source, ...because },
      }),
    )
  }

  const fail = (peer: Peer, error: unknown): void => {
    log.error({ event: 'chat.failed', ...describePeer(peer), err: error }, 'a reply failed')
    refuse(peer, 'INTERNAL')
  }

  return (peer, message) => {
    const { session } = peer
    const { speech } = session
    const text = readChatRequest(message)
    // A new flag shows the card by itself; whatever is wrong with a message, what it says is heard.
    if (speech.screen(text ?? saidIn(message))) return null
    if (text === null) return 'BAD_CHAT_REQUEST'
    // Behind an old flag the card is all there is to say.
    if (speech.isRiskFlagged) speech.showCard()
    else if (text.length > config.utteranceMaxChars) refuse(peer, 'UTTERANCE_TOO_LONG')
    else if (session.consent.refused.text !== null) refuse(peer, session.consent.refused.text)
    else if (session.status !== 'active') refuse(peer, 'SESSION_PAUSED')
    else if (speech.replying !== null) refuse(peer, 'CHAT_BUSY')
    else {
      const replying = new AbortController()
      speech.replying = replying
      reply(peer, text, replying.signal)
        .catch((error: unknown) => fail(peer, error))
        .finally(() => {
          speech.replying = null
        })
    }
    return null
  }
}
