import type { Connection } from './connection.js'
import { withPatience } from './deadline.js'
import { toStoreError } from './error-mapping.js'
import { StoreError } from './store-error.js'

/**
 * Asks the server for a sign of life on a connection of its own, so that the answer speaks of the
 * database and not of how busy the pool is.
 */
export interface Probe {
  /** @throws StoreError when there was no answer in time */
  check(): Promise<Sight>
  /** Distrusts the connection it has: the next check opens a new one. */
  reset(): void
}

/** What an answer told. */
export interface Sight {
  /** A standby, or made read-only for new connections. */
  readonly isReadOnly: boolean
  readonly roundTripMs: number
  /** How far the server's clock is ahead of this process', ms, give or take half the round trip. */
  readonly clockOffsetMs: number
  /** What the server's clock showed, Unix ms, when `performance.now()` was 0. */
  readonly clockEpochMs: number
}

export interface ProbeDeps {
  open(): Promise<Connection>
  readonly timeoutMs: number
  readonly now: () => number
}

export function createProbe({ open, timeoutMs, now }: ProbeDeps): Probe {
  let kept: Connection | undefined

  const ask = async ({ sql }: Connection): Promise<Sight> => {
    const [askedAt, startedAt] = [now(), performance.now()]
    const question = sql<{ isReadOnly: boolean; clockMs: number }[]>`
      select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as "isReadOnly",
             (extract(epoch from clock_timestamp()) * 1000)::float8 as "clockMs"`.execute()
    const [row] = await withPatience(question, timeoutMs, () => {
      return new StoreError('DATABASE_TIMEOUT', `no answer within ${timeoutMs} ms`)
    })
    const roundTripMs = performance.now() - startedAt
    const { isReadOnly = false, clockMs = now() } = row ?? {}
    const clockAtAsking = clockMs - roundTripMs / 2
    return {
      ...{ isReadOnly, roundTripMs },
      clockOffsetMs: clockAtAsking - askedAt,
      clockEpochMs: clockAtAsking - startedAt,
    }
  }
  /** @returns null where the server has ended this connection, which says nothing of the database */
  const askKept = async (connection: Connection): Promise<Sight | null> => {
    try {
      return await ask(connection)
    } catch (error) {
      connection.destroy()
      const fault = toStoreError(error, true)
      if (fault instanceof StoreError && fault.code === 'DATABASE_UNREACHABLE') return null
      throw fault
    }
  }
  const askNew = async (): Promise<Sight> => {
    const opened = await open()
    try {
      const sight = await ask(opened)
      // Another check may have been faster.
      if (kept?.isOpen) opened.destroy()
      else kept = opened
      return sight
    } catch (error) {
      opened.destroy()
      throw error
    }
  }
  const reset = () => {
    kept?.destroy()
    kept = undefined
  }

  return {
    async check() {
      const sight = (kept?.isOpen ? await askKept(kept) : null) ?? (await askNew())
      // `default_transaction_read_only` is taken over by a connection once, when it is opened.
      if (sight.isReadOnly) reset()
      return sight
    },
    reset,
  }
}
