import type { Health } from '../health.js'

/**
 * Notices a bus beyond repair: the database answers, and yet the LISTEN connection that there once was
 * does not come back. A restart may help where reconnecting does not; the slow poll serves until then.
 * One that never listened is no such case: a pooler in between swallows LISTEN after a restart, too,
 * so the process goes on as degraded and says so.
 */
export interface BusWatch {
  /** One look, on the caller's clock. */
  look(busState: string, databaseState: string): void
}

/** @param now monotonic ms: a wall clock that is set must not end a process. */
export function createBusWatch(
  health: Pick<Health, 'markWedged'>,
  giveUpMs: number,
  now: () => number,
): BusWatch {
  let lostSince: number | null = null

  return {
    look(busState, databaseState) {
      if (busState !== 'lost' || databaseState !== 'reachable') {
        lostSince = null
        return
      }
      lostSince ??= now()
      const lostMs = now() - lostSince
      if (lostMs <= giveUpMs) return
      const seconds = Math.round(lostMs / 1_000)
      health.markWedged('BUS_BEYOND_REPAIR', `no LISTEN for ${seconds} s, and the database answers`)
    },
  }
}
