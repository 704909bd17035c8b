import { randomBytes } from 'node:crypto'
import { SUBPROTOCOL } from '@bemore/protocol'

/**
 * An account for the time of an examination or a demo, where sessions are for signed-in users only
 * (AUTH_REQUIRED). It is deleted with the session, and nobody knows its password.
 */
export interface VisitorAccount {
  readonly headers: Readonly<Record<string, string>>
  /** What its sockets offer. */
  readonly subprotocols: readonly string[]
  leave(): Promise<void>
}

export type AskForData = (method: 'POST' | 'DELETE', path: string, body: string) => Promise<object>

/** @param username by which an operator sees whose it is */
export async function createVisitorAccount(
  ask: AskForData,
  username: string,
): Promise<VisitorAccount> {
  const name = `${username}-${randomBytes(12).toString('hex')}`
  // The domain is one that no mail is ever delivered to (RFC 2606).
  const email = `${name}@bemore.invalid`
  const password = randomBytes(24).toString('base64url')
  await ask('POST', '/api/auth/signup', JSON.stringify({ username, email, password }))
  const signedIn = await ask('POST', '/api/auth/login', JSON.stringify({ email, password }))
  const token = String((signedIn as { accessToken?: unknown }).accessToken)
  return {
    headers: { authorization: `Bearer ${token}` },
    subprotocols: [SUBPROTOCOL, `bemore.token.${token}`],
    async leave() {
      await ask('DELETE', '/api/auth/account', JSON.stringify({ password }))
    },
  }
}
