import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedPostgresError } from './embedded-postgres-error.js'

/** `fast` rolls back and writes a checkpoint; `immediate` leaves recovery to the next start. */
export type StopMode = 'fast' | 'immediate'
export type StopOutcome = StopMode | 'killed'

export interface Postmaster {
  readonly pid: number
  signal(signal: NodeJS.Signals): void
  /** Resolves true as soon as the process is gone, false when it is not within the time. */
  gone(withinMs: number): Promise<boolean>
}

const LADDER: readonly [StopOutcome, NodeJS.Signals][] = [
  ['fast', 'SIGINT'],
  ['immediate', 'SIGQUIT'],
  // A stopped (SIGSTOP) or wedged postmaster answers to nothing else. Its children notice its
  // death by themselves, and the next start recovers from the log.
  ['killed', 'SIGKILL'],
]

/** Stops a postmaster, each rung for at most `timeoutMs`, and tells which one it took. */
export async function shutDown(
  postmaster: Postmaster,
  { mode, timeoutMs }: { mode: StopMode; timeoutMs: number },
): Promise<StopOutcome> {
  for (const [outcome, signal] of LADDER.slice(mode === 'fast' ? 0 : 1)) {
    postmaster.signal(signal)
    if (await postmaster.gone(timeoutMs)) return outcome
  }
  throw new EmbeddedPostgresError(
    'STOP_FAILED',
    `PostgreSQL (process ${postmaster.pid}) survives SIGKILL: it waits for a disk that does not answer.`,
  )
}

const POLL_MS = 20

/** Looks every 20 ms, for as long as it may take. */
export async function poll(condition: () => boolean, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs
  while (!condition()) {
    if (performance.now() >= end) return false
    await sleep(POLL_MS)
  }
  return true
}
