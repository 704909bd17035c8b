import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 50

/** Asks again until it is so. @returns how long that took, ms, or null when the time was over */
export async function waitUntil(
  isSo: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<number | null> {
  const startedAt = performance.now()
  for (;;) {
    if (await isSo()) return performance.now() - startedAt
    if (performance.now() - startedAt > withinMs) return null
    await sleep(POLL_MS)
  }
}
