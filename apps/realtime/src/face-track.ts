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
  WINDOW_MS,
  windowEndsAt,
  windowIndexAt,
} from '@bemore/core'
import type { LandmarkFrame } from '@bemore/protocol'
import { createAffectFeed } from './affect-feed.js'
import type { LiveFusion } from './live-fusion.js'

export interface FaceTrack {
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
  /** A frame that could not be decoded. */
  countRejected(wallMs: number): void
  /** A frame above the rate, not looked at. */
  countDropped(wallMs: number): void
  /**
   * Whether the open window's time is over (or, the clock having been set, has not begun).
   * @param graceMs how long frames taken at its end may still be on their way.
   */
  isDue(wallMs: number, graceMs: number): boolean
  /** Closes the open window; null where there is none, or nothing arrived in it. */
  close(wallMs: number): FaceWindowData | null
  /** What was learnt of this person's face since this was last asked; null: nothing. */
  takeBaseline(): BaselineSnapshot | null
}

const NO_WINDOW = -1

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
  const open = { index: NO_WINDOW }
  let framesSaved = usable ? restored.frames : 0

  const enter = (wallMs: number): void => {
    if (open.index === NO_WINDOW) open.index = windowIndexAt(startedAt, wallMs)
  }

  return {
    observe(frame, wallMs, arrivalMs, capturedAtMs) {
      enter(wallMs)
      const estimate = engine.observe(frame, capturedAtMs)
      window.add(estimate, wallMs)
      return feed.offer(estimate, arrivalMs, wallMs)
    },
    countRejected(wallMs) {
      enter(wallMs)
      window.countRejected()
    },
    countDropped(wallMs) {
      enter(wallMs)
      window.countDropped(1)
    },
    isDue(wallMs, graceMs) {
      if (open.index === NO_WINDOW || open.index === windowIndexAt(startedAt, wallMs)) return false
      return graceMs === 0 || open.index !== windowIndexAt(startedAt, wallMs - graceMs)
    },
    close(wallMs) {
      const { index } = open
      if (index === NO_WINDOW) return null
      open.index = NO_WINDOW
      const endsAt = windowEndsAt(startedAt, index)
      const startsAt = endsAt - WINDOW_MS
      // A wall clock set back must not give a window a negative length.
      const closedAt = Math.min(endsAt, Math.max(startsAt, wallMs))
      const data = window.isEmpty() ? null : window.toData(index, startsAt, closedAt)
      window.clear()
      return data
    },
    takeBaseline() {
      const snapshot = engine.baseline()
      if (snapshot.frames === framesSaved) return null
      framesSaved = snapshot.frames
      return snapshot
    },
  }
}
