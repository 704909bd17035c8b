import type { TokenReader } from './access-token.js'

/**
 * Who may open the sockets of a session with WS_AUTH=required: a session that somebody signed in has
 * started needs that person's token. Browsers cannot send a header of their own with an upgrade, so it
 * comes as a subprotocol (`bemore.token.<jwt>`). A session of nobody is held by its unguessable id.
 */
export type SocketGuard = (
  ownerId: string,
  subprotocols: readonly string[],
) => Promise<'AUTH_REQUIRED' | 'TOKEN_EXPIRED' | 'TOKEN_INVALID' | 'SESSION_NOT_YOURS' | null>

const TOKEN_PREFIX = 'bemore.token.'

export function createSocketGuard(deps: {
  readonly tokens: Pick<TokenReader, 'verify'>
  /** Whether the sign-in was not ended since; may take the token's word where nobody can be asked. */
  isSignedIn(signInId: string): Promise<boolean>
}): SocketGuard {
  const { tokens, isSignedIn } = deps
  return async (ownerId, subprotocols) => {
    const offered = subprotocols.find((name) => name.startsWith(TOKEN_PREFIX))
    if (offered === undefined) return 'AUTH_REQUIRED'
    const verdict = await tokens.verify(offered.slice(TOKEN_PREFIX.length))
    if (!verdict.ok) return verdict.code
    if (verdict.claims.userId !== ownerId) return 'SESSION_NOT_YOURS'
    return (await isSignedIn(verdict.claims.signInId)) ? null : 'TOKEN_INVALID'
  }
}
