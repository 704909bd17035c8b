import { EXPRESSIONS } from '../face/expression.js'
import { type FaceWindowData, mergeFaceWindows } from '../face/window.js'
import { selectAcceptedParts } from '../session/accepted-parts.js'
import type { SessionEvent } from '../session/events.js'
import { WINDOW_MS } from '../session/session-clock.js'
import { activeMsBetween, type SessionState } from '../session/session-state.js'
import { mergeVoiceWindows, type VoiceWindowData } from '../voice/window.js'
import type { TimelineEntry } from './report-schema.js'

/**
 * The windows of a session in order of the session's clock. Parts of one window (from a reconnect,
 * another process, a pause, a flush) become one, in whatever order they reached the log; what was
 * counted twice for a client that resumed counts once.
 */
export function foldFaceWindows(events: Iterable<SessionEvent>): FaceWindowData[] {
  const parts = selectAcceptedParts(events).flatMap((event) =>
    event.type === 'face.window' ? [event.data.window] : [],
  )
  return mergeParts(parts, mergeFaceWindows)
}

/** The same for the voice. */
export function foldVoiceTimeline(events: Iterable<SessionEvent>): VoiceWindowData[] {
  const parts = selectAcceptedParts(events).flatMap((event) =>
    event.type === 'voice.window' ? [event.data.window] : [],
  )
  return mergeParts(parts, mergeVoiceWindows)
}

function mergeParts<Data extends { readonly index: number }>(
  parts: readonly Data[],
  merge: (same: readonly Data[]) => Data,
): Data[] {
  const byIndex = new Map<number, Data[]>()
  for (const part of parts) {
    const known = byIndex.get(part.index)
    if (known === undefined) byIndex.set(part.index, [part])
    else known.push(part)
  }
  return [...byIndex.entries()]
    .sort(([left], [right]) => left - right)
    .map(([, same]) => merge(same))
}

/**
 * One line of the timeline. Coverage is of the time the session ran in the window, so that a hole (a
 * process that died, a camera that hung) shows, and a pause does not count as one.
 * @param now where the clock of a live session stands, Unix ms
 */
export function describeWindow(
  window: FaceWindowData,
  state: SessionState,
  now: number,
): TimelineEntry {
  const t = window.index * WINDOW_MS
  const timestamp = state.startedAt + t
  const activeMs = activeMsBetween(state, timestamp, Math.min(timestamp + WINDOW_MS, now))
  const coveredMs = window.coverage * (window.endMs - window.startMs)
  return {
    window: window.index,
    t,
    timestamp,
    durationMs: activeMs,
    emotion: window.label,
    confidence: window.confidence,
    probabilities: window.probabilities === null ? null : nameProbabilities(window.probabilities),
    valence: window.valence,
    arousal: window.arousal,
    dominance: window.dominance,
    quality: window.quality,
    coverage: activeMs === 0 ? 0 : Number(Math.min(1, coveredMs / activeMs).toFixed(3)),
    frameCount: window.frames,
  }
}

/** Gives each probability, in the engine's order, its label. */
export function nameProbabilities(probabilities: ArrayLike<number>): Record<string, number> {
  return Object.fromEntries(EXPRESSIONS.map((label, index) => [label, probabilities[index] ?? 0]))
}
