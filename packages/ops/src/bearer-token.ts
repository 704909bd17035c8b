import { createHash, timingSafeEqual } from 'node:crypto'

const BEARER = /^Bearer +(\S+) *$/i

/** The token of an Authorization header (RFC 6750); undefined where it bears none. */
export function readBearerToken(authorization: string): string | undefined {
  return BEARER.exec(authorization)?.[1]
}

/**
 * Whether an Authorization header ('' without one) bears this token. It takes the same time whatever
 * is wrong with it.
 */
export function createBearerCheck(token: string): (authorization: string) => boolean {
  const expected = digest(token)
  return (authorization) => {
    const said = readBearerToken(authorization)
    // Digests are of one length, as the comparison in constant time needs.
    return timingSafeEqual(digest(said ?? ''), expected) && said !== undefined
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
