import { type FaceWindowData, mergeFaceWindows } from '../face/window.js'
import { selectAcceptedParts } from '../session/accepted-parts.js'
import type { SessionEvent } from '../session/events.js'
import { mergeVoiceWindows, type VoiceWindowData } from '../voice/window.js'

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
