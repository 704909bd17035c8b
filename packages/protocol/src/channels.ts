/** The three channels of a session; each may have its own socket, or all share a multiplexed one. */
export const CHANNELS = ['landmarks', 'voice', 'session'] as const
export type Channel = (typeof CHANNELS)[number]

/** What one socket serves: a single channel, or all of them (`/ws/{sessionId}`). */
export type SocketScope = Channel | 'all'

export const SUBPROTOCOL = 'bemore.v1'

export function isChannel(value: string): value is Channel {
  return (CHANNELS as readonly string[]).includes(value)
}

/**
 * Session ids: `sess_` and 128 random bits in base64url. The id is the capability of an anonymous
 * session, so it must be unguessable; it is put raw into URLs, so it must be URL-safe.
 */
const SESSION_ID = /^sess_[A-Za-z0-9_-]{22}$/

export function isSessionId(value: string): boolean {
  return SESSION_ID.test(value)
}

/** Session ids are URL-safe, so there is nothing to decode. */
const QUERIED_ID = /(?:^|&)sessionId=([^&]*)/

export interface SocketTarget {
  readonly scope: SocketScope
  readonly sessionId: string
}

/**
 * Reads `/ws/{channel}/{sessionId}`, `/ws/{channel}?sessionId=`, `/ws/{sessionId}` and
 * `/ws?sessionId=`. Returns null where the path is none of these; the session id is not judged here.
 */
export function parseSocketPath(path: string, query: string): SocketTarget | null {
  const segments = path.split('/').filter((segment) => segment !== '')
  if (segments[0] !== 'ws' || segments.length > 3) return null
  const first = segments[1]
  const second = segments[2]
  const queried = QUERIED_ID.exec(query)?.[1] ?? null
  if (first === undefined) return queried === null ? null : { scope: 'all', sessionId: queried }
  if (!isChannel(first)) return second === undefined ? { scope: 'all', sessionId: first } : null
  const sessionId = second ?? queried
  return sessionId === null ? null : { scope: first, sessionId }
}
