import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 50

/** Resolves with the first value that is neither null nor false; throws after `patienceMs`. */
export async function until<Value>(
  what: string,
  look: () => Promise<Value | null | false> | Value | null | false,
  patienceMs = 30_000,
): Promise<Value> {
  const end = performance.now() + patienceMs
  for (;;) {
    const value = await look()
    if (value !== null && value !== false) return value
    if (performance.now() >= end) throw new Error(`not within ${patienceMs} ms: ${what}`)
    await sleep(POLL_MS)
  }
}
