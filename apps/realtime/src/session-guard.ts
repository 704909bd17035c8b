import {
  createSignInCheck,
  createSocketGuard,
  createTokenReader,
  loadSigningSecret,
  type SocketGuard,
} from '@bemore/accounts'
import type { Logger, RealtimeConfig } from '@bemore/ops'
import { type Store, StoreError } from '@bemore/store'
import type { Clock } from './clock.js'
import { closePeerWithError, type Peer } from './peer.js'

/** Holds the sockets of somebody's session to that person's sign-in, at their opening and after it. */
export interface SessionGuard {
  readonly admit: SocketGuard
  /** Closes the sockets whose sign-in has ended since. */
  sweep(open: Iterable<Peer>): Promise<void>
}

const ASKED_AT_ONCE = 1_000

export function createSessionGuard(deps: {
  readonly config: Pick<RealtimeConfig, 'wsAuth' | 'authSecret' | 'authSecretFile'>
  readonly log: Logger
  readonly store: Pick<Store, 'accounts'>
  readonly clock: Pick<Clock, 'wallMs' | 'monotonicMs'>
}): SessionGuard {
  const { config, log, store, clock } = deps
  const { accounts } = store
  const secret = loadSigningSecret(config)
  // A reconnect works while the database is away: then the signature is enough.
  const signIns = createSignInCheck({
    ask: accounts.isSignedIn,
    isAway: (error) => error instanceof StoreError,
  })
  return {
    admit: createSocketGuard({
      wsAuth: config.wsAuth,
      tokens: createTokenReader({ secret, now: clock.wallMs }),
      signIns,
    }),
    async sweep(open) {
      const peers = [...open]
      const held = [...new Set(peers.flatMap(({ signInId }) => signInId ?? []))]
      try {
        for (let from = 0; from < held.length; from += ASKED_AT_ONCE) {
          const ended = new Set(await accounts.endedAmong(held.slice(from, from + ASKED_AT_ONCE)))
          signIns.note([...ended])
          for (const peer of peers) {
            if (peer.signInId === null || !ended.has(peer.signInId)) continue
            closePeerWithError(peer, 'TOKEN_INVALID', 'badToken', clock.monotonicMs())
          }
        }
      } catch (error) {
        const level = error instanceof StoreError ? 'debug' : 'error'
        log[level]({ event: 'sign_ins.unchecked', err: error }, 'sign-ins could not be looked at')
      }
    },
  }
}
