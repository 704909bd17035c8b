import type { ErrorCode } from '@bemore/protocol'

/** A reply that was sent: what it was asked for, by the template of the route, and how it went. */
export interface ReplySeen {
  readonly method: string
  readonly route: string
  readonly status: number
  /** null: no failure of the catalogue. */
  readonly code: ErrorCode | null
}

export interface FailureCount {
  readonly code: ErrorCode
  readonly method: string
  readonly route: string
  readonly count: number
}

export interface StatisticsHour {
  /** When it began, Unix ms. */
  readonly startedAt: number
  readonly requests: number
  /** The most frequent first. */
  readonly failures: readonly FailureCount[]
  /** Failures of further kinds, beyond those that are told apart. */
  readonly others: number
}

export interface StatisticsTotals {
  /** Unix ms. */
  readonly since: number
  readonly requests: number
  readonly failures: { readonly '4xx': number; readonly '5xx': number }
}

/** What failed in this process: since its start in sum, and of the last day by hour, code and route. */
export interface ErrorStatistics {
  see(reply: ReplySeen): void
  totals(): StatisticsTotals
  /** The current hour first, at most 24; hours without a request are left out. */
  hours(): readonly StatisticsHour[]
}

const HOUR_MS = 60 * 60_000
const HOURS = 24
/** Far more kinds of failure than an hour has: codes and routes are few, and all are ours. */
const KINDS_AN_HOUR = 200

interface Hour {
  readonly startedAt: number
  requests: number
  others: number
  readonly kinds: Map<string, { -readonly [Key in keyof FailureCount]: FailureCount[Key] }>
}

export function createErrorStatistics(now: () => number): ErrorStatistics {
  const since = now()
  const failures = { '4xx': 0, '5xx': 0 }
  let requests = 0
  let ring: Hour[] = []

  const currentHour = (): Hour => {
    const startedAt = Math.floor(now() / HOUR_MS) * HOUR_MS
    const [newest] = ring
    // A clock that was set back goes on counting into the hour it had reached.
    if (newest !== undefined && newest.startedAt >= startedAt) return newest
    const hour: Hour = { startedAt, requests: 0, others: 0, kinds: new Map() }
    ring = [hour, ...ring].slice(0, HOURS)
    return hour
  }

  return {
    see({ method, route, status, code }) {
      const hour = currentHour()
      requests += 1
      hour.requests += 1
      if (status >= 500) failures['5xx'] += 1
      else if (status >= 400) failures['4xx'] += 1
      if (code === null) return
      const key = `${code} ${method} ${route}`
      const known = hour.kinds.get(key)
      if (known !== undefined) known.count += 1
      else if (hour.kinds.size < KINDS_AN_HOUR)
        hour.kinds.set(key, { code, method, route, count: 1 })
      else hour.others += 1
    },
    totals: () => ({ since, requests, failures: { ...failures } }),
    hours() {
      const oldest = now() - HOURS * HOUR_MS
      return ring
        .filter(({ startedAt }) => startedAt > oldest)
        .map(({ startedAt, requests: seen, others, kinds }) => ({
          ...{ startedAt, requests: seen, others },
          failures: [...kinds.values()]
            .map((each) => ({ ...each }))
            .sort((left, right) => right.count - left.count),
        }))
    },
  }
}
