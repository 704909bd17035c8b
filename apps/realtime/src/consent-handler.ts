/**
 * Consent told over the session channel: decided under the session's lock, like a command. That it
 * changed is told to all sockets when the event arrives; the one that asked is answered in any case.
 */
import { type ConsentPolicy, decideConsent, type NewSessionEvent } from '@bemore/core'
import type { Logger } from '@bemore/ops'
import { type ConsentChoice, ConsentChoiceSchema } from '@bemore/protocol'
import type { Store } from '@bemore/store'
import { Compile } from 'typebox/compile'
import type { Clock } from './clock.js'
import type { OwnAppends } from './own-appends.js'
import { describePeer, type Peer, send, sendError } from './peer.js'
import { storeErrorCode } from './store-error-code.js'

/** @returns what is wrong with the message, or null. */
export type ConsentHandler = (peer: Peer, message: unknown, atMs: number) => 'BAD_CONSENT' | null

export interface ConsentHandlerDeps {
  readonly policy: ConsentPolicy
  readonly log: Logger
  readonly store: Pick<Store, 'log'>
  readonly clock: Clock
  readonly producer: string
  readonly ownAppends: OwnAppends
}

/** How long a client should wait before it repeats what failed for want of the database. */
const RETRY_AFTER_MS = 2_000

const choice = Compile(ConsentChoiceSchema)

export function createConsentHandler(deps: ConsentHandlerDeps): ConsentHandler {
  const { policy, log, store, clock, producer, ownAppends } = deps

  const record = async (peer: Peer, said: ConsentChoice): Promise<void> => {
    const { session } = peer
    let events: readonly NewSessionEvent[] = []
    const done = await store.log.transact(session.id, producer, ({ consent }) => {
      events = decideConsent(consent, said, policy, clock.wallMs())
      return events
    })
    if (done === null) return session.apply(null)
    if (done.appended > 0) ownAppends.deliver(session.id, events, done.session.lastSeq)
    else send(peer, { type: 'consent_status', data: session.consent.status() }, clock.monotonicMs())
  }

  return (peer, message) => {
    const { data } = message as { readonly data?: unknown }
    if (!choice.Check(data)) return 'BAD_CONSENT'
    record(peer, data).catch((error: unknown) => {
      const code = storeErrorCode(error)
      const level = code === 'INTERNAL' ? 'error' : 'debug'
      const about = { event: 'consent.failed', ...describePeer(peer), err: error }
      log[level](about, 'a consent could not be recorded')
      const isTemporary = code.startsWith('DATABASE_')
      const extras = isTemporary ? { retryAfterMs: RETRY_AFTER_MS } : undefined
      sendError(peer, code, clock.monotonicMs(), extras)
    })
    return null
  }
}
