import type { Connection } from './connection.js'
import { withDeadline } from './deadline.js'
import { toStoreError } from './error-mapping.js'
import { StoreError } from './store-error.js'

/**
 * Asks the server for a sign of life on a connection of its own, so that the answer speaks of the
 * database and not of how busy the pool is.
 */
export interface Probe {
  /** @throws StoreError when there was no answer in time */
  check(): Promise<void>
  /** Distrusts the connection it has: the next check opens a new one. */
  reset(): void
}

export function createProbe(open: () => Promise<Connection>, timeoutMs: number): Probe {
  let kept: Connection | undefined

  /** @returns false where the server has ended this connection, which says nothing of the database */
  const answers = async (connection: Connection): Promise<boolean> => {
    try {
      await withDeadline(connection.sql`select 1`.execute(), timeoutMs, () => {
        return new StoreError('DATABASE_TIMEOUT', `no answer within ${timeoutMs} ms`)
      })
      return true
    } catch (error) {
      connection.destroy()
      const fault = toStoreError(error, true)
      if (fault instanceof StoreError && fault.code === 'DATABASE_UNREACHABLE') return false
      throw fault
    }
  }

  return {
    async check() {
      if (kept?.isOpen && (await answers(kept))) return
      const opened = await open()
      // Opening includes a round trip. Another check may have been faster.
      if (kept?.isOpen) opened.destroy()
      else kept = opened
    },
    reset() {
      kept?.destroy()
      kept = undefined
    },
  }
}
