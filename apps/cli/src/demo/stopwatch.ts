export interface Stopwatch {
  start(): void
  /** Since `start`; 0 before it. */
  elapsedMs(): number
}

export function createStopwatch(): Stopwatch {
  let startedAt: number | null = null
  return {
    start() {
      startedAt = performance.now()
    },
    elapsedMs: () => (startedAt === null ? 0 : performance.now() - startedAt),
  }
}
