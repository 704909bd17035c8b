/**
 * Exactly once, as a fold. Frames of a client that resumes are numbered within its epoch, and a part
 * of a window says which of them it accounts for (`frames`). When the client goes on at a process that
 * does not remember it, that process begins a generation: it says which frames it builds on
 * (`after`), and takes everything later anew. Whatever earlier generations made of those later frames
 * is void, also where it reaches the log long afterwards, from the journal of a process that died.
 *
 * Nothing here depends on the order of the log, but for parts of one generation that overlap, which
 * no correct process writes: of those the first one counts.
 */
import type { SessionEvent } from './events.js'
import type { FrameSpan } from './face-events.js'

export type FaceWindowEvent = Extract<SessionEvent, { type: 'face.window' }>
export type VoiceWindowEvent = Extract<SessionEvent, { type: 'voice.window' }>
export type WindowEvent = FaceWindowEvent | VoiceWindowEvent

/** The parts that count, in order of the log. Those without `frames` (of plain clients) all do. */
export function selectAcceptedParts(events: Iterable<SessionEvent>): WindowEvent[] {
  const parts: WindowEvent[] = []
  const epochs = new Map<string, FrameSpan[]>()
  for (const event of events) {
    if (event.type !== 'face.window' && event.type !== 'voice.window') continue
    parts.push(event)
    const { frames } = event.data
    if (frames === undefined) continue
    // Landmarks and voice of one epoch are numbered each for itself.
    const numbering = `${event.type} ${frames.epoch}`
    const known = epochs.get(numbering)
    if (known === undefined) epochs.set(numbering, [frames])
    else known.push(frames)
  }
  if (epochs.size === 0) return parts
  const accepted = new Set<FrameSpan>()
  for (const spans of epochs.values()) for (const span of acceptSpans(spans)) accepted.add(span)
  return parts.filter(({ data }) => data.frames === undefined || accepted.has(data.frames))
}

/** The spans of one epoch that count. */
function acceptSpans(spans: readonly FrameSpan[]): FrameSpan[] {
  const generations = new Map<number, FrameSpan[]>()
  for (const span of spans) {
    const known = generations.get(span.generation)
    if (known === undefined) generations.set(span.generation, [span])
    else known.push(span)
  }
  const newestFirst = [...generations].sort(([left], [right]) => right - left)
  let limit = Number.POSITIVE_INFINITY
  return newestFirst.flatMap(([, own]) => {
    const kept = dropOverlapping(own.filter(({ to }) => to <= limit))
    limit = own.reduce((least, { after }) => Math.min(least, after), limit)
    return kept
  })
}

/** Quadratic only where something overlaps, and then in the number of parts of one session. */
function dropOverlapping(spans: readonly FrameSpan[]): FrameSpan[] {
  const byStart = [...spans].sort((a, b) => a.from - b.from)
  if (byStart.every(({ from }, i) => i === 0 || from > byStart[i - 1]!.to)) return [...spans]
  const kept: FrameSpan[] = []
  for (const span of spans) {
    if (kept.every(({ from, to }) => span.from > to || from > span.to)) kept.push(span)
  }
  return kept
}
