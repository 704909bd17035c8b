import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 100
const ANSWER_TIMEOUT_MS = 2_000

/**
 * Waits until every URL answers 200.
 * @returns the URLs that did not within `patienceMs`, or until `signal` was aborted
 */
export async function awaitReady(
  urls: readonly string[],
  patienceMs: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const end = performance.now() + patienceMs
  let missing = urls
  for (;;) {
    const answers = await Promise.all(missing.map(answersOk))
    missing = missing.filter((_, index) => !answers[index])
    if (missing.length === 0 || signal.aborted || performance.now() >= end) return missing
    await sleep(POLL_MS, undefined, { signal }).catch(() => {})
  }
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) })
    await response.body?.cancel()
    return response.status === 200
  } catch {
    return false
  }
}
