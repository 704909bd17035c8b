import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Whether an Authorization header ('' without one) bears this token. It takes the same time whatever
 * is wrong with it.
 */
export function createBearerCheck(token: string): (authorization: string) => boolean {
  const expected = digest(`bearer ${token}`)
  return (authorization) => {
    const [, scheme = '', said = ''] = /^(\S+) +(\S+)$/.exec(authorization) ?? []
    // Digests are of one length, as the comparison in constant time needs.
    return timingSafeEqual(digest(`${scheme.toLowerCase()} ${said}`), expected)
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
