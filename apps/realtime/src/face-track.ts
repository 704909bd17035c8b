/**
 * The face of one session on this process: its engine, and the window that is open. Windows are those
 * of the session's clock, on this process's wall clock: by arrival, or, where the client is known to
 * send frames again, by when they were taken. A part of one starts where the window does, whenever its first frame came, so that its coverage says how much is missing.
 */
import {
  type BaselineSnapshot,
  createFaceEngine,
  createFaceWindow,
  type FaceReader,
  type FaceWindowData,
  isBaselineSnapshot,
} from '@bemore/core'
import type { LandmarkFrame } from '@bemore/protocol'
import { createAffectFeed } from './affect-feed.js'
import type { LiveFusion } from './live-fusion.js'
import type { WindowTrack } from './media-line.js'
import type { FrameTally } from './numbered-frames.js'
import { createOpenWindow } from './open-window.js'

export interface FaceTrack extends WindowTrack<FaceWindowData>, FrameTally {
  /**
   * Measures a frame and counts it. The caller has closed a window whose time was over.
   * @param arrivalMs monotonic. @param capturedAtMs the same clock, from the socket's frame clock.
   * @returns the `affect` message to send, or null.
   */
  observe(
    frame: LandmarkFrame,
    wallMs: number,
    arrivalMs: number,
    capturedAtMs: number,
  ): string | null
  /** What was learnt of this person's face since this was last asked; null: nothing. */
  takeBaseline(): BaselineSnapshot | null
}

export function createFaceTrack(
  startedAt: number,
  restored: BaselineSnapshot | null,
  affectPerSecond: number,
  reader: FaceReader,
  fusion: LiveFusion,
): FaceTrack {
  // A snapshot of a newer version is not an error but a person this process has yet to learn.
  const usable = restored !== null && isBaselineSnapshot(restored)
  const engine = createFaceEngine(usable ? { baseline: restored, reader } : { reader })
  const window = createFaceWindow()
  const feed = createAffectFeed(affectPerSecond, fusion)
  const open = createOpenWindow(startedAt, window)
  let framesSaved = usable ? restored.frames : 0

  return {
    observe(frame, wallMs, arrivalMs, capturedAtMs) {
      open.enter(wallMs)
      const estimate = engine.observe(frame, capturedAtMs)
      window.add(estimate, wallMs)
      return feed.offer(estimate, arrivalMs, wallMs)
    },
    countRejected(wallMs) {
      open.enter(wallMs)
      window.countRejected()
    },
    countDropped(wallMs) {
      open.enter(wallMs)
      window.countDropped(1)
    },
    isDue: open.isDue,
    close: (wallMs) => open.close(wallMs),
    takeBaseline() {
      const snapshot = engine.baseline()
      if (snapshot.frames === framesSaved) return null
      framesSaved = snapshot.frames
      return snapshot
    },
  }
}
