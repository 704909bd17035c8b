import { type ChatTurn, scriptedReply } from '@bemore/core'
import type { GeminiConfig } from '@bemore/ops'
import type { EmotionOrUnknown, Language } from '@bemore/protocol'
import { arrangeChat, writeChatPreamble } from './chat-prompt.js'
import { classifyFailure } from './classify-failure.js'
import { startDeadline } from './deadline.js'
import { type FailureReason, GeminiFailure, reasonOf } from './failure.js'
import { createFence } from './fence.js'
import type { Gateway } from './gateway.js'
import type { GeminiMetrics } from './gemini-metrics.js'
import type { ModelCall, ModelClient } from './model-client.js'
import type { ModelPiece } from './model-response.js'
import { createSentenceGate } from './sentence-gate.js'

export interface ReplyRequest {
  readonly language: Language
  /** Before the message, oldest first. */
  readonly history: readonly ChatTurn[]
  readonly message: string
  readonly emotion: EmotionOrUnknown | null
  /** Aborted where the reply is not wanted any more. */
  readonly signal: AbortSignal
  onChunk(text: string): void
}

export interface ReplyOutcome {
  readonly source: 'local' | 'gemini'
  /** Of a prepared reply, why; of one of Gemini's, why it ends early. */
  readonly reason?: FailureReason
}

export interface ModelDeps {
  readonly config: GeminiConfig
  readonly gateway: Gateway
  readonly client: ModelClient
  readonly metrics: GeminiMetrics
}

/** No language needs more of them for a token; beyond, a server does not keep to its own limit. */
const CHARS_PER_TOKEN = 8
const TEMPERATURE = 0.7

/** Shows the prepared reply; nothing where nobody wants one any more. */
function replyPrepared(request: ReplyRequest, reason: FailureReason): ReplyOutcome {
  const { language, history, emotion, onChunk } = request
  if (reason !== 'cancelled') {
    const turn = history.filter(({ role }) => role === 'assistant').length
    onChunk(scriptedReply(language, emotion === 'unknown' ? null : emotion, turn))
  }
  return { source: 'local', reason }
}

/** Never rejects; what was shown by then stays, and the rest of a reply that fails is not shown. */
export async function streamReply(deps: ModelDeps, request: ReplyRequest): Promise<ReplyOutcome> {
  const { config, gateway } = deps
  const { language, history, message, emotion, signal } = request
  const fence = createFence()
  const model = config.geminiModel
  const call: ModelCall = {
    model,
    system: writeChatPreamble(language, emotion, fence),
    turns: arrangeChat(history, message, config.geminiHistoryTurns, fence),
    maxOutputTokens: config.geminiMaxOutputTokens,
    temperature: TEMPERATURE,
  }
  let isShown = false
  const show = (text: string): void => {
    if (text === '') return
    isShown = true
    request.onChunk(text)
  }
  try {
    await gateway.run({ kind: 'reply', model, signal }, async (attemptSignal) => {
      try {
        await showSentences(deps, call, attemptSignal, show)
      } catch (error) {
        const { reason, retryAfterMs } = classifyFailure(error, attemptSignal)
        const isOwn = reason === 'cancelled' || reason === 'blocked'
        // Also keeps it from being tried again: what is shown cannot be taken back.
        throw new GeminiFailure(isShown && !isOwn ? 'interrupted' : reason, retryAfterMs)
      }
    })
    return { source: 'gemini' }
  } catch (error) {
    const reason = reasonOf(error)
    return isShown ? { source: 'gemini', reason } : replyPrepared(request, reason)
  }
}

async function showSentences(
  { config, client, metrics }: ModelDeps,
  call: ModelCall,
  signal: AbortSignal,
  show: (text: string) => void,
): Promise<void> {
  const gate = createSentenceGate()
  const idle = startDeadline(config.geminiStreamIdleMs, signal)
  const maxChars = config.geminiMaxOutputTokens * CHARS_PER_TOKEN
  let chars = 0
  let tokens: ModelPiece['tokens'] = null
  let end: ModelPiece['end'] = null
  try {
    for await (const piece of client.stream(call, idle.signal)) {
      idle.signal.throwIfAborted()
      idle.touch()
      tokens = piece.tokens ?? tokens
      end = piece.end ?? end
      chars += piece.text.length
      if (chars > maxChars) end = 'limit'
      else show(gate.add(piece.text))
      if (end === 'limit') break
    }
    if (end === null) throw new GeminiFailure('unavailable')
    if (chars === 0) throw new GeminiFailure('invalid-response')
    show(gate.end(end === 'whole'))
  } catch (error) {
    throw classifyFailure(error, idle.signal)
  } finally {
    idle.end()
    if (tokens !== null) metrics.countTokens(tokens)
  }
}
