import type { SessionHint } from './bus.js'

/** Written by `append_session_events` (`id:seq` joined by `,`) and on deletion (`id:-`). */
export const EVENTS_CHANNEL = 'bemore_events'

/** Reads a payload; what is not a hint is skipped (a newer process may send more). */
export function parseHints(payload: string): SessionHint[] {
  const hints: SessionHint[] = []
  for (const part of payload.split(',')) {
    const colon = part.lastIndexOf(':')
    const sessionId = part.slice(0, colon)
    const seq = part.slice(colon + 1)
    if (colon <= 0) continue
    if (seq === '-') hints.push({ sessionId, lastSeq: null })
    else if (/^\d+$/.test(seq)) hints.push({ sessionId, lastSeq: Number(seq) })
  }
  return hints
}
