import { randomBytes } from 'node:crypto'

/** A new session id: `sess_` and 128 random bits in base64url, 22 characters. */
export function createSessionId(): string {
  return `sess_${randomBytes(16).toString('base64url')}`
}
