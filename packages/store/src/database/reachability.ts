import type { Logger } from '@bemore/ops'
import { StoreError, type StoreErrorCode } from './store-error.js'

export interface DatabaseState {
  /** `unknown` until the first contact, or the first failure of one. */
  readonly state: 'unknown' | 'reachable' | 'unreachable'
  /** Unix ms. */
  readonly since: number
  /** Why it is unreachable: what a call is refused with. */
  readonly code: StoreErrorCode | null
  readonly detail: string | null
}

/**
 * Knows whether the database can be reached, so that calls made while it cannot are refused at once
 * instead of each finding out by itself.
 */
export interface Reachability {
  readonly current: DatabaseState
  /** @throws StoreError at once, when it is known to be away */
  assertReachable(): void
  markReachable(): void
  markUnreachable(cause: StoreError): void
  /** Told of each change of state, and of the code. */
  onChange(listener: (state: DatabaseState) => void): void
  close(): void
}

export function createReachability(log: Logger, now: () => number): Reachability {
  const listeners: ((state: DatabaseState) => void)[] = []
  let current: DatabaseState = { state: 'unknown', since: now(), code: null, detail: null }
  let closed = false

  const enter = (next: DatabaseState) => {
    current = next
    for (const listener of listeners) listener(current)
  }

  return {
    get current() {
      return current
    },
    assertReachable() {
      if (closed) throw new StoreError('DATABASE_UNREACHABLE', 'the connection pool is closed')
      if (current.state !== 'unreachable') return
      const { code, detail } = current
      throw new StoreError(code ?? 'DATABASE_UNREACHABLE', detail ?? 'the database is away')
    },
    markReachable() {
      if (closed || current.state === 'reachable') return
      const at = now()
      if (current.state === 'unreachable') {
        log.info({ event: 'database.reachable', ms: at - current.since }, 'the database is back')
      }
      enter({ state: 'reachable', since: at, code: null, detail: null })
    },
    markUnreachable({ code, detail }) {
      if (closed) return
      const isKnown = current.state === 'unreachable'
      if (isKnown && current.code === code) return
      log.warn({ event: 'database.unreachable', code, detail }, 'the database cannot be reached')
      enter({ state: 'unreachable', since: isKnown ? current.since : now(), code, detail })
    },
    onChange(listener) {
      listeners.push(listener)
    },
    close() {
      closed = true
    },
  }
}
