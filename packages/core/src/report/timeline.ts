import { EXPRESSIONS } from '../face/expression.js'
import { type FaceWindowData, mergeFaceWindows } from '../face/window.js'
import type { SessionEvent } from '../session/events.js'
import { WINDOW_MS } from '../session/session-clock.js'
import type { TimelineEntry } from './report-schema.js'

/**
 * The windows of a session in order of the session's clock. Parts of one window (from a reconnect,
 * another process, a pause, a flush) become one, in whatever order they reached the log.
 */
export function foldFaceWindows(events: Iterable<SessionEvent>): FaceWindowData[] {
  const parts = new Map<number, FaceWindowData[]>()
  for (const event of events) {
    if (event.type !== 'face.window') continue
    const { window } = event.data
    const known = parts.get(window.index)
    if (known === undefined) parts.set(window.index, [window])
    else known.push(window)
  }
  return [...parts.entries()]
    .sort(([left], [right]) => left - right)
    .map(([, same]) => mergeFaceWindows(same))
}

/** @param startedAt Unix ms of the session's start */
export function describeWindow(window: FaceWindowData, startedAt: number): TimelineEntry {
  const t = window.index * WINDOW_MS
  return {
    window: window.index,
    t,
    timestamp: startedAt + t,
    durationMs: Math.round(window.endMs - window.startMs),
    emotion: window.label,
    confidence: window.confidence,
    probabilities: window.probabilities === null ? null : nameProbabilities(window.probabilities),
    valence: window.valence,
    arousal: window.arousal,
    dominance: window.dominance,
    quality: window.quality,
    coverage: window.coverage,
    frameCount: window.frames,
  }
}

/** Gives each probability, in the engine's order, its label. */
export function nameProbabilities(probabilities: ArrayLike<number>): Record<string, number> {
  return Object.fromEntries(EXPRESSIONS.map((label, index) => [label, probabilities[index] ?? 0]))
}
