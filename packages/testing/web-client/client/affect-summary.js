const AXES = ['valence', 'arousal', 'dominance']

/** The three figures of the result: the summary's own, as they are, else means over the timeline. */
export function affectOf(summary, report) {
  if (summary?.vadVector) return summary.vadVector
  const points = report?.vadTimeline ?? []
  const sums = { valence: 0, arousal: 0, dominance: 0 }
  let count = 0
  // A timeline that is no array throws here: "is not iterable".
  for (const point of points) {
    for (const axis of AXES) sums[axis] += point[axis] ?? 0
    count += 1
  }
  if (count === 0) return { valence: '-', arousal: '-', dominance: '-' }
  return Object.fromEntries(AXES.map((axis) => [axis, (sums[axis] / count).toFixed(2)]))
}
