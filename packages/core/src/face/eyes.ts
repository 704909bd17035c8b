/**
 * Blinks and closed eyes from the eye aspect ratio (Soukupová & Čech 2016), against this person's
 * own open eyes: a fixed threshold calls narrow eyes closed.
 */
import { CLOSING_SHARE, SHUT_SHARE } from './action-units.js'

/** Length of a blink; shorter is jitter, longer is an eye closure. */
const BLINK_MS = { min: 60, max: 500 }
const REFRACTORY_MS = 100

/** A blink lasts 100 to 400 ms: below 15 frames a second most fall between frames. */
const LONGEST_INTERVAL_MS = 1000 / 15
/** Cameras that promise 15 frames a second deliver 14.5. */
const INTERVAL_TOLERANCE = 1.05
const INTERVAL_TAU_MS = 2000

/** PERCLOS P80: an eye counts as closed when it is more than 80 % shut. */
const CLOSED_SHARE = SHUT_SHARE + 0.2 * (1 - SHUT_SHARE)
/** PERCLOS looks back 60 s, in steps of one. */
const SLOTS = 60
const SLOT_MS = 1000

export interface EyeTracker {
  /** Whether the eyes are more than 80 % shut. */
  readonly closed: boolean
  /** True on the frame that ends a blink. */
  readonly blinked: boolean
  /** Whether frames come often enough for blinks to be counted. */
  readonly blinkMeasurable: boolean
  /** Smoothed frame rate; 0 before the second frame. */
  readonly framesPerSecond: number
  /**
   * Takes one frame: its eye aspect ratio, that of the open eyes, its time, the time since the frame
   * before (0 for none) and the time it stands for.
   */
  push(eyeAspectRatio: number, openEye: number, atMs: number, dtMs: number, coveredMs: number): void
  /** Share of the last 60 s with eyes closed (P80), 0..1; null before anything was measured. */
  perclos(): number | null
  /** After a gap: a closure in progress and the frame rate are forgotten, PERCLOS is kept. */
  restart(): void
}

export function createEyeTracker(): EyeTracker {
  const closedMs = new Float64Array(SLOTS)
  const totalMs = new Float64Array(SLOTS)
  let closing = false
  // Times live in object fields, not in closure variables: V8 would box every number assigned to one.
  const clock = {
    slot: Number.NaN,
    closingSinceMs: Number.NaN,
    lastBlinkMs: Number.NEGATIVE_INFINITY,
    intervalMs: Number.NaN,
  }
  const state = {
    closed: false,
    blinked: false,
    blinkMeasurable: false,
    framesPerSecond: 0,
    push,
    perclos,
    restart,
  }

  function push(
    eyeAspectRatio: number,
    openEye: number,
    atMs: number,
    dtMs: number,
    coveredMs: number,
  ): void {
    const share = eyeAspectRatio / openEye
    state.closed = share < CLOSED_SHARE
    trackRate(dtMs)
    trackBlink(share < CLOSING_SHARE, atMs)
    trackClosure(atMs, coveredMs)
  }

  function trackRate(dtMs: number): void {
    if (dtMs <= 0) return
    clock.intervalMs = Number.isNaN(clock.intervalMs)
      ? dtMs
      : clock.intervalMs + (1 - Math.exp(-dtMs / INTERVAL_TAU_MS)) * (dtMs - clock.intervalMs)
    state.framesPerSecond = 1000 / clock.intervalMs
    state.blinkMeasurable = clock.intervalMs <= LONGEST_INTERVAL_MS * INTERVAL_TOLERANCE
  }

  function trackBlink(isClosing: boolean, atMs: number): void {
    state.blinked = false
    if (isClosing && !closing) clock.closingSinceMs = atMs
    if (!isClosing && closing) {
      const lasted = atMs - clock.closingSinceMs
      state.blinked =
        state.blinkMeasurable &&
        lasted >= BLINK_MS.min &&
        lasted <= BLINK_MS.max &&
        clock.closingSinceMs - clock.lastBlinkMs >= REFRACTORY_MS
      if (state.blinked) clock.lastBlinkMs = atMs
    }
    closing = isClosing
  }

  function trackClosure(atMs: number, coveredMs: number): void {
    const now = Math.floor(atMs / SLOT_MS)
    // A clock that started, or ran backwards, leaves nothing to look back on.
    const passed = now >= clock.slot ? Math.min(now - clock.slot, SLOTS) : SLOTS
    for (let k = 0; k < passed; k++) {
      const cleared = modulo(now - k, SLOTS)
      closedMs[cleared] = 0
      totalMs[cleared] = 0
    }
    clock.slot = now
    const at = modulo(now, SLOTS)
    totalMs[at] += coveredMs
    if (state.closed) closedMs[at] += coveredMs
  }

  function perclos(): number | null {
    let closed = 0
    let total = 0
    for (let k = 0; k < SLOTS; k++) {
      closed += closedMs[k]
      total += totalMs[k]
    }
    return total > 0 ? closed / total : null
  }

  function restart(): void {
    closing = false
    clock.intervalMs = Number.NaN
    state.framesPerSecond = 0
    state.blinkMeasurable = false
  }
  return state
}

/** Session clocks may start below zero in a replay. */
function modulo(value: number, size: number): number {
  return ((value % size) + size) % size
}
