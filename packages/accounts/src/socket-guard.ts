import type { TokenReader } from './access-token.js'
import type { SignInCheck } from './sign-in-check.js'

/**
 * Who may open the sockets of a session that somebody signed in has started. Browsers cannot send a
 * header of their own with an upgrade, so a token comes as a subprotocol (`bemore.token.<jwt>`). One
 * that comes has to be the owner's; without one the unguessable id opens them, as the web client in
 * people's hands has it, unless WS_AUTH=required.
 */
export type SocketGuard = (
  ownerId: string,
  subprotocols: readonly string[],
) => Promise<SocketEntry | SocketRefusal>

/** With which sign-in it was opened; null: by the id alone. */
export interface SocketEntry {
  readonly signInId: string | null
}

export type SocketRefusal =
  | 'AUTH_REQUIRED'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_INVALID'
  | 'SESSION_NOT_YOURS'

const TOKEN_PREFIX = 'bemore.token.'

export function createSocketGuard(deps: {
  readonly wsAuth: 'optional' | 'required'
  readonly tokens: Pick<TokenReader, 'verify'>
  readonly signIns: Pick<SignInCheck, 'goesOn'>
}): SocketGuard {
  const { wsAuth, tokens, signIns } = deps
  return async (ownerId, subprotocols) => {
    const offered = subprotocols.find((name) => name.startsWith(TOKEN_PREFIX))
    if (offered === undefined) return wsAuth === 'required' ? 'AUTH_REQUIRED' : { signInId: null }
    const verdict = await tokens.verify(offered.slice(TOKEN_PREFIX.length))
    if (!verdict.ok) return verdict.code
    const { userId, signInId } = verdict.claims
    if (userId !== ownerId) return 'SESSION_NOT_YOURS'
    return (await signIns.goesOn(signInId)) ? { signInId } : 'TOKEN_INVALID'
  }
}
