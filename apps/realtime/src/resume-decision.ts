/**
 * Whether a client that this process does not remember can go on, told by the end of its session's
 * log. The client names the generation it was last promised something by, and only the parts of that
 * one are built upon: an older one may have been superseded by parts that are still in a journal.
 */
import { type SessionEvent, selectAcceptedParts } from '@bemore/core'
import type { HelloData } from '@bemore/protocol'
import type { FrameLedgerStart } from './frame-ledger.js'

export interface ResumeQuestion {
  readonly epoch: string
  readonly hello: HelloData
  /** The end of the session's log, in order. */
  readonly tail: readonly SessionEvent[]
  /** The connection that asks: that it is open says nothing of the one before. */
  readonly ownConnectionId: string
  /** Unix ms. */
  readonly now: number
  readonly resumeWindowMs: number
}

/** @returns where the client goes on from, or null where nothing can be promised. */
export function decideResume(question: ResumeQuestion): FrameLedgerStart | null {
  const { epoch, hello, tail, now, resumeWindowMs } = question
  if (now - lastSign(question) > resumeWindowMs) return null
  const seen = tail.flatMap((event) =>
    event.type === 'face.window' && event.data.frames?.epoch === epoch ? [event.data.frames] : [],
  )
  const newest = seen.reduce((most, span) => Math.max(most, span.generation), 0)
  const promisedBy = hello.generation ?? newest
  const built = selectAcceptedParts(tail)
    .flatMap(({ data }) => (data.frames === undefined ? [] : [data.frames]))
    .filter((span) => span.epoch === epoch && span.generation === promisedBy)
    .sort((a, b) => a.from - b.from)
  const [first] = built
  const beginning = first === undefined ? -1 : first.after
  // Nothing was acknowledged, and the first part is missing: what it held may be, or may yet come.
  if (
    hello.ackedSeq?.landmarks === undefined &&
    first !== undefined &&
    first.from !== beginning + 1
  )
    return null
  let after = hello.ackedSeq?.landmarks ?? beginning
  for (const { from, to } of built) if (from <= after + 1) after = Math.max(after, to)
  // It sent less than we have of it: its numbers are not those of this epoch.
  if (after > (hello.lastFrameSeq?.landmarks ?? after)) return null
  return { epoch, generation: Math.max(promisedBy, newest) + 1, after }
}

/** When somebody was last known on the landmarks channel, Unix ms; -Infinity for an unknown epoch. */
function lastSign({ epoch, tail, ownConnectionId, now }: ResumeQuestion): number {
  const open = new Set<string>()
  let isKnown = false
  let last = Number.NEGATIVE_INFINITY
  for (const event of tail) {
    if (event.type === 'face.window') {
      if (event.data.frames?.epoch !== epoch) continue
      isKnown = true
    } else if (event.type === 'channel.opened' || event.type === 'channel.closed') {
      const { channel, connectionId } = event.data
      if (channel !== 'landmarks' || connectionId === ownConnectionId) continue
      isKnown ||= connectionId === epoch
      if (event.type === 'channel.opened') open.add(connectionId)
      else open.delete(connectionId)
    } else continue
    last = Math.max(last, event.at)
  }
  if (!isKnown) return Number.NEGATIVE_INFINITY
  // A process that died did not close its channels, and when it died is not known (yet).
  return open.size > 0 ? now : last
}
