import {
  createSocketGuard,
  createTokenReader,
  loadSigningSecret,
  type SocketGuard,
} from '@bemore/accounts'
import type { RealtimeConfig } from '@bemore/ops'
import { type Store, StoreError } from '@bemore/store'
import type { Clock } from './clock.js'

/** Holds the sockets of somebody's session to that person's token, where WS_AUTH asks for it. */
export function createSessionGuard(deps: {
  readonly config: Pick<RealtimeConfig, 'wsAuth' | 'authSecret' | 'authSecretFile'>
  readonly store: Pick<Store, 'accounts'>
  readonly clock: Pick<Clock, 'wallMs'>
}): SocketGuard {
  const { config, store, clock } = deps
  // Then no secret is needed, or made.
  if (config.wsAuth === 'optional') return async () => null
  const secret = loadSigningSecret(config)
  return createSocketGuard({
    tokens: createTokenReader({ secret, now: clock.wallMs }),
    // A reconnect works while the database is away: then the signature is enough.
    isSignedIn: (signInId) =>
      store.accounts.isSignedIn(signInId).catch((error: unknown) => {
        if (error instanceof StoreError) return true
        throw error
      }),
  })
}
