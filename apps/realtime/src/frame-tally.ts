/**
 * How many landmark frames of late could be read, and what was wrong with the others: a client that
 * sends a wrong shape would else measure nothing for ever, and nobody would know.
 */
export interface FrameTally {
  /** Counted up by the hot path. */
  taken: number
  reject(problem: string): void
  /** What came in the last half to whole minute. @param atMs monotonic */
  look(atMs: number): RecentFrames
}

export interface RecentFrames {
  readonly taken: number
  readonly rejected: number
  /** The problem most frames were rejected for; null: none was. */
  readonly commonest: string | null
}

const TURN_MS = 30_000

/** @param startedAt monotonic ms */
export function createFrameTally(startedAt: number): FrameTally {
  // One entry a problem; problems are names of a fixed list.
  let current = new Map<string, number>()
  let previous = new Map<string, number>()
  let takenBefore = 0
  let turnedAt = startedAt

  const tally: FrameTally = {
    taken: 0,
    reject(problem) {
      current.set(problem, (current.get(problem) ?? 0) + 1)
    },
    look(atMs) {
      if (atMs - turnedAt >= TURN_MS) {
        previous = current
        current = new Map()
        takenBefore = tally.taken
        tally.taken = 0
        turnedAt = atMs
      }
      return { taken: tally.taken + takenBefore, ...sumUp([previous, current]) }
    },
  }
  return tally
}

function sumUp(counts: readonly ReadonlyMap<string, number>[]) {
  const problems = new Map<string, number>()
  let rejected = 0
  for (const [problem, count] of counts.flatMap((each) => [...each])) {
    problems.set(problem, (problems.get(problem) ?? 0) + count)
    rejected += count
  }
  const [commonest] = [...problems].sort(([, a], [, b]) => b - a)
  return { rejected, commonest: commonest?.[0] ?? null }
}
