/**
 * The frames a client may have to send again: numbered, in order, bounded by the time they span. A
 * body is shared by many frames and only stamped when it is sent, so a ring costs next to nothing.
 */
export interface RingFrame {
  readonly seq: number
  readonly clientTime: number
  readonly body: Uint8Array
}

export interface FrameRing {
  /** Adds a frame, and lets go of those that are too old then. */
  push(frame: RingFrame): void
  /** Lets go of the frames up to `seq`. */
  release(seq: number): void
  /** The first frame above `seq`, or undefined. */
  after(seq: number): RingFrame | undefined
  /** Number of the oldest frame; -1 for an empty ring. */
  readonly firstSeq: number
  readonly size: number
}

export function createFrameRing(spanMs: number): FrameRing {
  let frames: RingFrame[] = []
  let head = 0
  const shift = (isOver: (frame: RingFrame) => boolean) => {
    while (head < frames.length && isOver(frames[head]!)) head += 1
    if (head < 1_024 && head < frames.length) return
    frames = frames.slice(head)
    head = 0
  }
  return {
    push(frame) {
      frames.push(frame)
      shift(({ clientTime }) => clientTime < frame.clientTime - spanMs)
    },
    release: (seq) => shift((frame) => frame.seq <= seq),
    after(seq) {
      const first = frames[head]
      if (first === undefined) return undefined
      // Numbers have no gaps within the ring.
      return frames[head + Math.max(0, seq + 1 - first.seq)]
    },
    get firstSeq() {
      return frames[head]?.seq ?? -1
    },
    get size() {
      return frames.length - head
    },
  }
}
