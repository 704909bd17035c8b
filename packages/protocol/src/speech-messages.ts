/** What a client says of speech: that there is some, and what was said. */
import Type, { type Static } from 'typebox'
import { Check } from 'typebox/value'
import { EMOTIONS } from './emotions.js'

const UnixMs = Type.Number({ minimum: 0, maximum: 8.64e15 })

/** From a client that detects speech itself. `duration` is of the state that has just begun or lasted. */
export const VoiceActivityData = Type.Object({
  isSpeech: Type.Boolean(),
  timestamp: UnixMs,
  duration: Type.Optional(Type.Number({ minimum: 0, maximum: 60_000, description: 'ms' })),
  energy: Type.Optional(Type.Number()),
})
export type VoiceActivityData = Static<typeof VoiceActivityData>

/** Names an utterance once and for all: sent again under it, an utterance counts once. */
export const UtteranceIdSchema = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })

/**
 * Text the client recognised or the user typed. Only `final` text is an utterance; what a recogniser
 * takes back again is neither stored nor looked at.
 */
export const SttTextData = Type.Object({
  text: Type.String({ minLength: 1 }),
  final: Type.Optional(Type.Boolean({ description: 'Default true' })),
  id: Type.Optional(UtteranceIdSchema),
  lang: Type.Optional(Type.String({ maxLength: 35, description: 'BCP 47; else it is detected' })),
  startedAt: Type.Optional(UnixMs),
  endedAt: Type.Optional(UnixMs),
  confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
})
export type SttTextData = Static<typeof SttTextData>

/** One turn of the user in the chat. One release of the web client says `userMessage`. */
export const ChatRequestData = Type.Object({
  message: Type.Optional(Type.String()),
  userMessage: Type.Optional(Type.String()),
  emotion: Type.Optional(Type.Union([Type.Enum([...EMOTIONS]), Type.Null(), Type.String()])),
  timestamp: Type.Optional(Type.Number()),
})

/** What a chat request says, or null where it says nothing. */
export function readChatRequest(message: unknown): string | null {
  const data = readData(ChatRequestData, message)
  const text = (data?.message ?? data?.userMessage ?? '').trim()
  return text === '' ? null : text
}

export const readVoiceActivity = (message: unknown): VoiceActivityData | null =>
  readData(VoiceActivityData, message)

export const readSttText = (message: unknown): SttTextData | null => readData(SttTextData, message)

/** Whatever a message says in words, also one that fits no schema; empty where it says nothing. */
export function saidIn(message: unknown): string {
  if (typeof message !== 'object' || message === null || !('data' in message)) return ''
  const { data } = message
  if (typeof data !== 'object' || data === null) return ''
  const { text, message: said, userMessage } = data as Record<string, unknown>
  return [text, said, userMessage].filter((each) => typeof each === 'string').join(' ')
}

function readData<Schema extends Type.TSchema>(
  schema: Schema,
  message: unknown,
): Static<Schema> | null {
  if (typeof message !== 'object' || message === null || !('data' in message)) return null
  return Check(schema, message.data) ? (message.data as Static<Schema>) : null
}
