/**
 * The frames of one epoch as their client keeps book of them. It knows nothing of sockets: what is to
 * be sent it hands to `transmit`, what the server says it is told.
 */
import { restampFrame, type ServerMessageData } from '@bemore/protocol'
import { createFrameRing } from './resuming-client-ring.js'

export interface StreamCounts {
  /** Frames taken from the camera. */
  readonly sent: number
  readonly acked: number
  /** Frames that the server never had, or not for sure, and that cannot be sent again. */
  readonly gaps: number
  /** Frames that went over the wire a second time. */
  readonly resent: number
}

export interface FrameStream {
  readonly counts: StreamCounts
  /** Nothing is under way: every frame is acknowledged, or given up and counted as a gap. */
  readonly settled: boolean
  /** Frames in the ring. */
  readonly unacked: number
  /** Of the landmarks, for `hello`. */
  readonly resume: {
    readonly epoch: string | null
    readonly generation: number
    readonly ackedSeq: number
    readonly lastSeq: number
  }
  /** Numbers a frame, keeps it and sends it when there is credit for it. */
  take(body: Uint8Array, clientTime: number): void
  ready(data: ServerMessageData<'ready'>): void
  ack(data: ServerMessageData<'ack'>): void
  /** The connection is gone: nothing may be sent until the next `ready`. */
  disconnected(): void
}

export function createFrameStream(
  ringMs: number,
  transmit: (frame: Uint8Array) => void,
  onSettled: () => void,
): FrameStream {
  const ring = createFrameRing(ringMs)
  const counts = { sent: 0, acked: 0, gaps: 0, resent: 0 }
  /** Gaps that no acknowledgement has passed yet: it will, and is not to count them. */
  let openGaps: { readonly from: number; readonly to: number }[] = []
  let epoch: string | null = null
  let generation = 0
  let lastSeq = -1
  let ackedSeq = -1
  /** Highest number that went over the wire, in any connection: beyond it a frame is new. */
  let writtenSeq = -1
  /** Everything up to here was handed to this connection, or is known to the server. */
  let cursor = -1
  /** The server takes frames up to here; null: not connected. */
  let limit: number | null = null

  const isSettled = () => ackedSeq >= lastSeq
  /** Frames in (cursor, next) are neither here nor there: they were too old to be kept. */
  const skipTo = (nextSeq: number) => {
    const gap = { from: cursor + 1, to: nextSeq - 1 }
    // A server that forgot is told of the same gap again; what the ring has let go of stays gone.
    const known = openGaps.filter(({ from }) => from >= gap.from)
    openGaps = [...openGaps.filter(({ from }) => from < gap.from), gap]
    counts.gaps += framesIn([gap]) - framesIn(known)
    cursor = gap.to
  }
  const pump = () => {
    while (limit !== null && cursor < limit) {
      const frame = ring.after(cursor)
      if (frame === undefined) return
      if (frame.seq > cursor + 1) skipTo(frame.seq)
      if (frame.seq <= writtenSeq) counts.resent += 1
      else writtenSeq = frame.seq
      cursor = frame.seq
      restampFrame(frame.body, frame.seq, frame.clientTime)
      transmit(frame.body)
    }
  }
  const acknowledge = (seq: number) => {
    if (seq <= ackedSeq) return
    ring.release(seq)
    const passed = openGaps.filter(({ to }) => to <= seq)
    openGaps = openGaps.filter(({ to }) => to > seq)
    counts.acked += seq - ackedSeq - framesIn(passed)
    ackedSeq = seq
    if (isSettled()) onSettled()
  }

  return {
    counts,
    get settled() {
      return isSettled()
    },
    get unacked() {
      return ring.size
    },
    get resume() {
      return { epoch, generation, ackedSeq, lastSeq: writtenSeq }
    },
    take(body, clientTime) {
      lastSeq += 1
      counts.sent += 1
      ring.push({ seq: lastSeq, clientTime, body })
      pump()
    },
    ready(data) {
      if (!data.recovered && epoch !== null) {
        // What was not acknowledged may be counted or not: sent again it might count twice.
        ring.release(writtenSeq)
        counts.gaps += writtenSeq - ackedSeq - framesIn(openGaps)
        openGaps = []
        ackedSeq = writtenSeq
      }
      ;({ epoch, generation } = data)
      acknowledge(data.ackedSeq.landmarks ?? -1)
      cursor = Math.max(ackedSeq, data.receivedSeq.landmarks ?? -1)
      limit = cursor + data.credit
      pump()
      if (isSettled()) onSettled()
    },
    ack(data) {
      limit = data.received + data.credit
      acknowledge(data.seq)
      pump()
    },
    disconnected() {
      limit = null
    },
  }
}

function framesIn(ranges: readonly { readonly from: number; readonly to: number }[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to + 1 - from, 0)
}
