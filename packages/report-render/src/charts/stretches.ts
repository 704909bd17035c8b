import { type SessionReport, WINDOW_MS } from '@bemore/core'

type Entry = SessionReport['timeline'][number]

/** A stretch of the session's clock as a chart shows it: one window, or several where there are many. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly valence: number | null
  readonly arousal: number | null
  /** Share of speech in what was heard; null where nothing was. */
  readonly speaking: number | null
  readonly face: number
  readonly voice: boolean
  readonly text: boolean
  readonly incongruent: boolean
}

/** More than these are not told apart on a page. */
export const MOST_STRETCHES = 240

/** Whole windows together, so that a session of any length is drawn with a bounded number of shapes. */
export function condense(timeline: readonly Entry[], durationMs: number): Stretch[] {
  const windows = Math.max(1, Math.ceil(durationMs / WINDOW_MS))
  const size = Math.ceil(windows / MOST_STRETCHES)
  const groups = new Map<number, Entry[]>()
  for (const entry of timeline) {
    const index = Math.floor(entry.window / size)
    const group = groups.get(index)
    if (group === undefined) groups.set(index, [entry])
    else group.push(entry)
  }
  return [...groups.entries()]
    .sort(([left], [right]) => left - right)
    .map(([index, entries]) => ({
      from: index * size * WINDOW_MS,
      to: (index + 1) * size * WINDOW_MS,
      valence: mean(entries.map(({ valence }) => valence)),
      arousal: mean(entries.map(({ arousal }) => arousal)),
      speaking: mean(entries.map(({ voice }) => voice?.speakingRatio ?? null)),
      face: (mean(entries.map(({ coverage }) => coverage)) ?? 0) * (entries.length / size),
      voice: entries.some(({ voice }) => voice !== null),
      text: entries.some(({ text }) => text !== null),
      incongruent: entries.some(({ incongruence }) => incongruence !== null),
    }))
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
