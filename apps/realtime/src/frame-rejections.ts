/**
 * How many landmark frames of late could not be read, and what was wrong with them: a client that
 * sends a wrong shape would else measure nothing for ever, and nobody would know.
 */
import type { FrameCounts } from './traffic.js'

export interface FrameRejections {
  /** What came in the last half to whole minute. @param atMs monotonic */
  look(atMs: number): RecentFrames
}

export interface RecentFrames {
  readonly received: number
  readonly rejected: number
  /** The problem most frames were rejected for; null: none was. */
  readonly commonest: string | null
}

interface Reading {
  readonly received: number
  readonly byProblem: ReadonlyMap<string, number>
}

const TURN_MS = 30_000

/** @param startedAt monotonic ms */
export function createFrameRejections(
  counts: Pick<FrameCounts, 'received' | 'rejected'>,
  startedAt: number,
): FrameRejections {
  const read = (): Reading => ({
    received: counts.received,
    byProblem: new Map([...counts.rejected.samples()].map(([count, name = '']) => [name, count])),
  })
  let older = read()
  let newer = older
  let turnedAt = startedAt

  return {
    look(atMs) {
      const now = read()
      if (atMs - turnedAt >= TURN_MS) {
        older = newer
        newer = now
        turnedAt = atMs
      }
      return difference(older, now)
    },
  }
}

function difference(before: Reading, now: Reading): RecentFrames {
  let rejected = 0
  let commonest: string | null = null
  let most = 0
  for (const [problem, total] of now.byProblem) {
    const count = total - (before.byProblem.get(problem) ?? 0)
    rejected += count
    if (count > most) {
      most = count
      commonest = problem
    }
  }
  return { received: now.received - before.received, rejected, commonest }
}
