/**
 * Whether a client that this process does not remember can go on, told by the end of its session's
 * log. The client names the generation it was last promised something by, and only the parts of that
 * one are built upon: an older one may have been superseded by parts that are still in a journal.
 */
import { type FrameSpan, type SessionEvent, selectAcceptedParts } from '@bemore/core'
import type { HelloData } from '@bemore/protocol'
import type { FrameChannel } from './frame-channel.js'
import type { FrameLedgerStart } from './frame-ledger.js'

const WINDOW_TYPE = { landmarks: 'face.window', voice: 'voice.window' } as const

export interface ResumeQuestion {
  readonly epoch: string
  readonly hello: HelloData
  /** What the connection serves of what is numbered. */
  readonly channels: readonly FrameChannel[]
  /** The end of the session's log, in order. */
  readonly tail: readonly SessionEvent[]
  /** Of the connection that asks: that it is open says nothing of the one before. */
  readonly ownConnectionIds: readonly string[]
  /** Unix ms. */
  readonly now: number
  readonly resumeWindowMs: number
}

/**
 * @returns where the client goes on from, for each of its channels; null where nothing can be promised
 * for one of them.
 */
export function decideResume(question: ResumeQuestion): Map<FrameChannel, FrameLedgerStart> | null {
  if (question.now - lastSign(question) > question.resumeWindowMs) return null
  const starts = question.channels.map((channel) => [channel, decide(question, channel)] as const)
  const found = starts.flatMap(([channel, start]) =>
    start === null ? [] : [[channel, start] as const],
  )
  if (found.length < starts.length) return null
  // One number for all of them: the client is told one.
  const generation = Math.max(...found.map(([, start]) => start.generation))
  return new Map(found.map(([channel, start]) => [channel, { ...start, generation }]))
}

function decide(question: ResumeQuestion, channel: FrameChannel): FrameLedgerStart | null {
  const { epoch, hello, tail } = question
  const acked = hello.ackedSeq?.[channel]
  const seen = framesOf(tail, channel).filter((frames) => frames.epoch === epoch)
  const newest = seen.reduce((most, span) => Math.max(most, span.generation), 0)
  const promisedBy = hello.generation ?? newest
  const built = framesOf(selectAcceptedParts(tail), channel)
    .filter((span) => span.epoch === epoch && span.generation === promisedBy)
    .sort((a, b) => a.from - b.from)
  const [first] = built
  const beginning = first === undefined ? -1 : first.after
  // Nothing was acknowledged, and the first part is missing: what it held may be, or may yet come.
  if (acked === undefined && first !== undefined && first.from !== beginning + 1) return null
  let after = acked ?? beginning
  for (const { from, to } of built) if (from <= after + 1) after = Math.max(after, to)
  // It sent less than we have of it: its numbers are not those of this epoch.
  if (after > (hello.lastFrameSeq?.[channel] ?? after)) return null
  return { epoch, generation: Math.max(promisedBy, newest) + 1, after }
}

/** Which frames the parts of a channel's windows account for. */
function framesOf(events: readonly SessionEvent[], channel: FrameChannel): FrameSpan[] {
  return events.flatMap((event) =>
    event.type === WINDOW_TYPE[channel] && event.data.frames !== undefined
      ? [event.data.frames]
      : [],
  )
}

/** When somebody was last known on these channels, Unix ms; -Infinity for an unknown epoch. */
function lastSign({ epoch, tail, channels, ownConnectionIds, now }: ResumeQuestion): number {
  const windowTypes = new Set<string>(channels.map((channel) => WINDOW_TYPE[channel]))
  const open = new Set<string>()
  let isKnown = false
  let last = Number.NEGATIVE_INFINITY
  for (const event of tail) {
    if (event.type === 'face.window' || event.type === 'voice.window') {
      if (!windowTypes.has(event.type) || event.data.frames?.epoch !== epoch) continue
      isKnown = true
    } else if (event.type === 'channel.opened' || event.type === 'channel.closed') {
      const { channel, connectionId } = event.data
      if (!channels.some((each) => each === channel)) continue
      if (ownConnectionIds.includes(connectionId)) continue
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
