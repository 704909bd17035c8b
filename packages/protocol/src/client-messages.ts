import Type, { type Static } from 'typebox'
import type { SocketScope } from './channels.js'
import { ConsentChoiceSchema } from './consent.js'
import { HelloData } from './hello.js'
import { ChatRequestData, SttTextData, VoiceActivityData } from './speech-messages.js'

/**
 * Control messages a client may send as JSON text. Landmark frames do not pass through here: they
 * are read from the bytes by `decodeLandmarkJson`. The web client's pings carry no `data`, so every
 * schema but those of `hello` and `consent` takes a message without it, and unknown extra keys are ignored.
 */
const message = <Name extends string>(type: Name) =>
  Type.Object({ type: Type.Literal(type), data: Type.Optional(Type.Unknown()) }, { title: type })

export const Ping = message('ping')
export const GetStatus = message('get_status')
export const Pause = message('pause')
export const Resume = message('resume')
export const End = message('end')
/** At most one a socket, and before its first frame; answered with `ready`. */
export const Hello = Type.Object(
  { type: Type.Literal('hello'), data: HelloData },
  { title: 'hello' },
)

/** Answered, to every socket of the session, with `consent_status`. */
export const Consent = Type.Object(
  { type: Type.Literal('consent'), data: ConsentChoiceSchema },
  { title: 'consent' },
)

const dataMessage = <Name extends string, Data extends Type.TSchema>(type: Name, data: Data) =>
  Type.Object({ type: Type.Literal(type), data }, { title: type })

export const VoiceActivity = dataMessage('voice_activity', VoiceActivityData)
/** The same under the name an earlier web client had for it. */
export const VadResult = dataMessage('vad_result', VoiceActivityData)
export const SttText = dataMessage('stt_text', SttTextData)
/** Answered with `ai_stream_begin`, chunks, and `ai_stream_complete` or `ai_stream_error`. */
export const RequestAiResponse = dataMessage('request_ai_response', ChatRequestData)

export const CLIENT_MESSAGES = [
  Ping,
  GetStatus,
  Pause,
  Resume,
  End,
  Hello,
  VoiceActivity,
  VadResult,
  SttText,
  RequestAiResponse,
  Consent,
] as const
export type ClientMessage = Static<(typeof CLIENT_MESSAGES)[number]>
export type ClientMessageType = ClientMessage['type']

const TAKEN_BY: Readonly<Record<ClientMessageType, readonly SocketScope[]>> = {
  ping: ['landmarks', 'voice', 'session'],
  hello: ['landmarks', 'voice', 'session'],
  get_status: ['session'],
  pause: ['session'],
  resume: ['session'],
  end: ['session'],
  consent: ['session'],
  voice_activity: ['voice'],
  vad_result: ['voice'],
  stt_text: ['voice', 'session'],
  request_ai_response: ['session'],
}

/** Whether a socket of this scope takes this message type; landmark frames are judged by the codec. */
export function isTakenBy(scope: SocketScope, type: string): type is ClientMessageType {
  if (!Object.hasOwn(TAKEN_BY, type)) return false
  return scope === 'all' || TAKEN_BY[type as ClientMessageType].includes(scope)
}
