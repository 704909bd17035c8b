/**
 * One kind of frames of a session on this process: the window that is open, whose frames it holds, and
 * whose numbered frames are taken. A part of a window holds the frames of one client: those of the next
 * one go into another part.
 */
import type { Clock } from './clock.js'
import type { FrameLedger } from './frame-ledger.js'
import type { Peer } from './peer.js'

/** A frame taken at the end of a window arrives after it: numbered ones are waited for this long, ms. */
const LATE_FRAMES_MS = 1_000

/** What measures the frames, and counts them into the window that is open. */
export interface WindowTrack<Data> {
  /**
   * Whether the open window's time is over (or, the clock having been set, has not begun).
   * @param graceMs how long frames taken at its end may still be on their way.
   */
  isDue(wallMs: number, graceMs: number): boolean
  /** Closes the open window; null where there is none, or nothing arrived in it. */
  close(wallMs: number): Data | null
}

export interface MediaLine<Track> {
  /** What became of the frames of the client that last said `hello`: it may come back for them. */
  readonly ledger: FrameLedger | null
  /** Whose numbered frames are taken. */
  readonly streaming: Peer | null
  /** The engine and the open window; made when the first frame comes. */
  track(): Track
  /** The same where it was made. */
  readonly made: Track | null
  /** Closes the open window if its time is over at `wallMs`: the next frame is of that moment. */
  closeDue(wallMs: number): void
  /** The same by the clock alone: where frames are numbered, late ones are waited for. */
  closeOverdue(wallMs: number): void
  /** Closes the open window early; what comes later in its time is another part of it. */
  close(): void
  /** A new connection holds the channel: its frames have no numbers until it says `hello`. */
  takePlain(): void
  takeNumbered(peer: Peer, ledger: FrameLedger): void
  /** This connection is over. */
  release(peer: Peer): void
  /** Lets go of engine and window; the next frame begins anew. */
  discard(): void
}

export interface MediaLineDeps<Track, Data> {
  readonly clock: Clock
  createTrack(): Track
  merge(parts: Data[]): Data
  /** @param whole `part` with the parts of its window that were closed before. */
  publish(part: Data, whole: Data, ledger: FrameLedger | null): void
  /** A window was closed because its time was over. */
  onWindowOver?(): void
  /** Frames without numbers, too, belong to when they were taken, and are waited for. */
  readonly isLateExpected?: boolean
}

export function createMediaLine<
  Track extends WindowTrack<Data>,
  Data extends { readonly index: number },
>(deps: MediaLineDeps<Track, Data>): MediaLine<Track> {
  const { clock } = deps
  /** The last window as far as it was closed here, whatever cut it into parts. */
  let whole: Data | null = null
  /** Whose frames the open window holds; null: those of a plain client. */
  let counting: FrameLedger | null = null

  const close = (): void => {
    const part = line.made?.close(clock.wallMs()) ?? null
    if (part === null) return
    whole = whole?.index === part.index ? deps.merge([whole, part]) : part
    deps.publish(part, whole, counting)
  }
  const closeIfDue = (wallMs: number, graceMs: number): void => {
    if (line.made === null || !line.made.isDue(wallMs, graceMs)) return
    close()
    deps.onWindowOver?.()
  }
  const changeSource = (source: FrameLedger | null): void => {
    if (counting !== source) close()
    counting = source
  }

  const line: { -readonly [Key in keyof MediaLine<Track>]: MediaLine<Track>[Key] } = {
    ledger: null,
    streaming: null,
    made: null,
    track() {
      line.made ??= deps.createTrack()
      return line.made
    },
    closeDue: (wallMs) => closeIfDue(wallMs, 0),
    closeOverdue(wallMs) {
      const isWaitedFor = counting !== null || deps.isLateExpected === true
      closeIfDue(wallMs, isWaitedFor ? LATE_FRAMES_MS : 0)
    },
    close,
    takePlain() {
      line.streaming = null
      changeSource(null)
    },
    takeNumbered(peer, ledger) {
      changeSource(ledger)
      line.ledger = ledger
      line.streaming = peer
    },
    release(peer) {
      if (line.streaming !== peer) return
      line.streaming = null
      if (line.ledger !== null) line.ledger.lastSeenAt = clock.monotonicMs()
    },
    discard() {
      // What is open is not stored, and its frames count as taken.
      counting?.cut()
      whole = null
      line.made = null
    },
  }
  return line
}
