import Type, { type Static } from 'typebox'
import type { SocketScope } from './channels.js'
import { ConsentChoiceSchema } from './consent.js'
import { HelloData } from './hello.js'

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

export const CLIENT_MESSAGES = [Ping, GetStatus, Pause, Resume, End, Hello, Consent] as const
export type ClientMessage = Static<(typeof CLIENT_MESSAGES)[number]>
export type ClientMessageType = ClientMessage['type']

const EVERYWHERE: ReadonlySet<string> = new Set<ClientMessageType>(['ping', 'hello'])
const SESSION_ONLY: ReadonlySet<string> = new Set<ClientMessageType>([
  'get_status',
  'pause',
  'resume',
  'end',
  'consent',
])

/** Whether a socket of this scope takes this message type; landmark frames are judged by the codec. */
export function isTakenBy(scope: SocketScope, type: string): type is ClientMessageType {
  if (EVERYWHERE.has(type)) return true
  return SESSION_ONLY.has(type) && (scope === 'session' || scope === 'all')
}
