/**
 * The window that is open on a track, of the session's clock: which one, whether its time is over, and
 * from when to when it was. One rule for every modality, so that what was seen and what was heard of a
 * moment falls into the same window.
 */
import { WINDOW_MS, windowEndsAt, windowIndexAt } from '@bemore/core'

/** What was measured in the open window. */
export interface WindowContent<Data> {
  isEmpty(): boolean
  toData(index: number, startsAt: number, closedAt: number): Data
  clear(): void
}

export interface OpenWindow<Data> {
  /** Opens the window of this moment where none is open. */
  enter(wallMs: number): void
  isOpen(): boolean
  /**
   * Whether the open window's time is over (or, the clock having been set, has not begun).
   * @param graceMs how long frames taken at its end may still be on their way.
   */
  isDue(wallMs: number, graceMs: number): boolean
  /**
   * Closes the open window.
   * @param settle decides what is undecided up to when it closed, before it is told.
   * @returns null where there is none, or nothing arrived in it.
   */
  close(wallMs: number, settle?: (closedAt: number) => void): Data | null
}

const NO_WINDOW = -1

/** @param startedAt of the session, Unix ms. */
export function createOpenWindow<Data>(
  startedAt: number,
  content: WindowContent<Data>,
): OpenWindow<Data> {
  const open = { index: NO_WINDOW }
  return {
    enter(wallMs) {
      if (open.index === NO_WINDOW) open.index = windowIndexAt(startedAt, wallMs)
    },
    isOpen: () => open.index !== NO_WINDOW,
    isDue(wallMs, graceMs) {
      if (open.index === NO_WINDOW || open.index === windowIndexAt(startedAt, wallMs)) return false
      return graceMs === 0 || open.index !== windowIndexAt(startedAt, wallMs - graceMs)
    },
    close(wallMs, settle) {
      const { index } = open
      if (index === NO_WINDOW) return null
      open.index = NO_WINDOW
      const endsAt = windowEndsAt(startedAt, index)
      const startsAt = endsAt - WINDOW_MS
      // A wall clock set back must not give a window a negative length.
      const closedAt = Math.min(endsAt, Math.max(startsAt, wallMs))
      settle?.(closedAt)
      const data = content.isEmpty() ? null : content.toData(index, startsAt, closedAt)
      content.clear()
      return data
    },
  }
}
