export interface RestartPolicy {
  readonly firstMs: number
  readonly maxMs: number
  /** A process that ran this long was healthy: its next death is a first one again. */
  readonly resetAfterMs: number
}

export const RESTART_POLICY: RestartPolicy = { firstMs: 200, maxMs: 5_000, resetAfterMs: 30_000 }

export interface RestartBackoff {
  /** How long to wait after a run of `ranMs`, ms. */
  next(ranMs: number): number
}

/** Doubles from `firstMs` to `maxMs`, so that what cannot start does not keep a core busy. */
export function createRestartBackoff(policy: RestartPolicy): RestartBackoff {
  let deaths = 0
  return {
    next(ranMs) {
      if (ranMs >= policy.resetAfterMs) deaths = 0
      const delay = Math.min(policy.maxMs, policy.firstMs * 2 ** deaths)
      if (delay < policy.maxMs) deaths += 1
      return delay
    },
  }
}
