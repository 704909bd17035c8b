export const BREAKER_STATES = ['closed', 'open', 'half-open'] as const
export type BreakerState = (typeof BREAKER_STATES)[number]

export interface Breaker {
  readonly state: BreakerState
  /** Whether a request may go out. Half-open lets one through; it must be told what became of it. */
  admit(): boolean
  succeed(): void
  fail(): void
  /** Opens at once. */
  trip(): void
  /** A request that says nothing of the service: it was cancelled, or never went out. */
  abandon(): void
}

export interface BreakerOptions {
  /** In a row. */
  readonly failures: number
  readonly openMs: number
  /** Monotonic, ms. */
  now(): number
}

/** Leaves a service alone that keeps failing: nobody waits for what will not come. */
export function createBreaker({ failures, openMs, now }: BreakerOptions): Breaker {
  let failed = 0
  let openedAt: number | null = null
  let isTrying = false

  const open = () => {
    openedAt = now()
    isTrying = false
  }

  return {
    get state() {
      if (openedAt === null) return 'closed'
      return now() - openedAt < openMs ? 'open' : 'half-open'
    },
    admit() {
      if (this.state === 'closed') return true
      if (this.state === 'open' || isTrying) return false
      isTrying = true
      return true
    },
    succeed() {
      failed = 0
      openedAt = null
      isTrying = false
    },
    fail() {
      failed += 1
      // Those under way when it opened fail later than it opened, and must not keep it open.
      if (isTrying || (openedAt === null && failed >= failures)) open()
    },
    trip: open,
    abandon() {
      isTrying = false
    },
  }
}
