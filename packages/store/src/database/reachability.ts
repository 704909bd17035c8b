import type { Logger } from '@bemore/ops'
import { toConnectError } from './error-mapping.js'
import { StoreError } from './store-error.js'

export interface DatabaseState {
  /** `unknown` until the first contact, or the first failure of one. */
  readonly state: 'unknown' | 'reachable' | 'unreachable'
  /** Unix ms. */
  readonly since: number
  /** Why it is unreachable. */
  readonly detail: string | null
}

/**
 * Knows whether the database can be reached, so that calls made while it cannot are refused at once
 * instead of each finding out by itself. While it cannot, probes look for it in the background.
 */
export interface Reachability {
  readonly current: DatabaseState
  /** @throws StoreError DATABASE_UNREACHABLE at once, when that is known */
  assertReachable(): void
  markReachable(): void
  markUnreachable(cause: StoreError): void
  /** A connection was lost: it may be only that one, so look. */
  suspect(): void
  onChange(listener: (state: DatabaseState) => void): void
  close(): void
}

/** Recovery is noticed within this time and one connect. */
const PROBE_MS = 1_000

export function createReachability(deps: {
  readonly probe: () => Promise<void>
  /** Longest `probe`, ms. */
  readonly probeTimeoutMs: number
  readonly log: Logger
  readonly now: () => number
}): Reachability {
  const { probe, log, now } = deps
  // Probes overlap: one that fell into a black hole must not delay the one that will succeed.
  const probesAtOnce = Math.ceil(deps.probeTimeoutMs / PROBE_MS) + 1
  const listeners: ((state: DatabaseState) => void)[] = []
  let current: DatabaseState = { state: 'unknown', since: now(), detail: null }
  let timer: NodeJS.Timeout | undefined
  let probing = 0
  let closed = false

  const enter = (state: 'reachable' | 'unreachable', detail: string | null) => {
    const previous = current
    current = { state, since: now(), detail }
    if (state === 'unreachable') {
      log.warn({ event: 'database.unreachable', detail }, 'the database cannot be reached')
    } else if (previous.state === 'unreachable') {
      const ms = current.since - previous.since
      log.info({ event: 'database.reachable', ms }, 'the database is back')
    }
    for (const listener of listeners) listener(current)
  }

  const markReachable = () => {
    if (closed || current.state === 'reachable') return
    clearInterval(timer)
    enter('reachable', null)
  }

  const markUnreachable = (cause: StoreError) => {
    if (closed || current.state === 'unreachable') return
    enter('unreachable', cause.detail)
    timer = setInterval(look, PROBE_MS)
  }

  const look = () => {
    if (closed || probing >= probesAtOnce) return
    probing += 1
    probe()
      .then(markReachable, (error: unknown) => {
        const cause = toConnectError(error)
        // A server that refuses one connection more still serves those there are.
        if (cause.code !== 'DATABASE_BUSY') markUnreachable(cause)
      })
      .finally(() => {
        probing -= 1
      })
  }

  return {
    get current() {
      return current
    },
    assertReachable() {
      if (closed) throw new StoreError('DATABASE_UNREACHABLE', 'the connection pool is closed')
      if (current.state !== 'unreachable') return
      throw new StoreError('DATABASE_UNREACHABLE', current.detail ?? 'the database is away')
    },
    markReachable,
    markUnreachable,
    suspect() {
      if (probing === 0 && current.state !== 'unreachable') look()
    },
    onChange(listener) {
      listeners.push(listener)
    },
    close() {
      closed = true
      clearInterval(timer)
    },
  }
}
