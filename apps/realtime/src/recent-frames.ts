/**
 * How many landmark frames of late could be read, and what was wrong with the others: a client that
 * sends a wrong shape would else measure nothing for ever, and nobody would know.
 */
import type { FrameCounts } from './traffic.js'

export interface RecentFrames {
  /** What came in the last half to whole minute. @param atMs monotonic */
  look(atMs: number): {
    readonly measured: number
    readonly rejected: number
    /** The problem most frames were rejected for; null: none was. */
    readonly commonest: string | null
  }
}

type Counts = Pick<FrameCounts, 'measured' | 'rejected'>

const TURN_MS = 30_000

/** @param startedAt monotonic ms */
export function createRecentFrames(counts: Counts, startedAt: number): RecentFrames {
  let turnedAt = startedAt
  let current = copyOf(counts)
  let before = current

  return {
    look(atMs) {
      if (atMs - turnedAt >= TURN_MS) {
        before = current
        current = copyOf(counts)
        turnedAt = atMs
      }
      const now = copyOf(counts)
      const problems = [...now.problems].map(
        ([problem, count]) => [problem, count - (before.problems.get(problem) ?? 0)] as const,
      )
      const [commonest] = problems.filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a)
      return {
        measured: now.measured - before.measured,
        rejected: problems.reduce((sum, [, count]) => sum + count, 0),
        commonest: commonest?.[0] ?? null,
      }
    },
  }
}

function copyOf({ measured, rejected }: Counts) {
  const problems = [...rejected.samples()].map(
    ([count, problem]) => [problem ?? '', count] as const,
  )
  return { measured, problems: new Map(problems) }
}
