/**
 * Collects one window of a session's frames. Frames are counted by what became of them: a window
 * without a usable face says so, and is never neutral.
 */
import type { FaceEstimate } from './estimate.js'
import { describeSums, type FaceWindowData, recoverSums } from './window-data.js'
import { AFFECT_SIZE, createWindowSums, shiftOrigin, type WindowSums } from './window-sums.js'

export type { FaceWindowData } from './window-data.js'

export interface FaceWindow {
  /** Counts one observed frame; `atMs` is its time on the session's clock. Allocates nothing. */
  add(estimate: FaceEstimate, atMs: number): void
  /** Counts a frame that could not even be decoded. */
  countRejected(): void
  /** Counts frames that were sampled away unseen. */
  countDropped(count: number): void
  /** Whether nothing was counted yet. */
  isEmpty(): boolean
  /** The window so far as plain JSON; start and end are times of the session's clock in ms. */
  toData(index: number, startMs: number, endMs: number): FaceWindowData
  /** Empties the window for the next one. */
  clear(): void
}

/** An empty window; it takes its memory with the first frame. */
export function createFaceWindow(): FaceWindow {
  let sums: WindowSums | null = null
  const clock = { originMs: Number.NaN }

  function started(): WindowSums {
    sums ??= createWindowSums()
    return sums
  }

  return {
    add: (estimate, atMs) => {
      const target = started()
      if (estimate.status === 'measured') {
        if (target.usable === 0) clock.originMs = atMs
        addMeasured(target, estimate, (atMs - clock.originMs) / 1000)
      } else if (estimate.status === 'no-face') target.noFace++
      else if (estimate.status === 'pose-rejected') target.poseRejected++
      else target.rejected++
    },
    countRejected: () => {
      started().rejected++
    },
    countDropped: (count) => {
      started().dropped += count
    },
    isEmpty: () => sums === null,
    toData: (index, startMs, endMs) => {
      const copy = createWindowSums()
      if (sums !== null) {
        include(copy, sums)
        if (sums.usable > 0) shiftOrigin(copy, (clock.originMs - startMs) / 1000)
      }
      return describeSums(copy, index, startMs, endMs)
    },
    clear: () => {
      sums = null
    },
  }
}

/**
 * One window from its parts (a reconnect, a flush in mid-window, two processes), in whatever order
 * they come: what a single window would have told of all their frames, up to rounding.
 * Throws RangeError when there is no part, or when parts belong to different windows.
 */
export function mergeFaceWindows(parts: readonly FaceWindowData[]): FaceWindowData {
  const [first] = parts
  if (first === undefined) throw new RangeError('no windows to merge')
  if (parts.length === 1) return first
  if (parts.some((part) => part.index !== first.index)) {
    throw new RangeError('windows of different indices cannot be merged')
  }
  const startMs = Math.min(...parts.map((part) => part.startMs))
  const endMs = Math.max(...parts.map((part) => part.endMs))
  const total = createWindowSums()
  for (const part of [...parts].sort(bySomeOrder)) include(total, recoverSums(part, startMs))
  return describeSums(total, first.index, startMs, endMs)
}

/** Any fixed order will do: adding in it makes the last digits independent of the order given. */
function bySomeOrder(a: FaceWindowData, b: FaceWindowData): number {
  return a.startMs - b.startMs || a.endMs - b.endMs || a.frames - b.frames || a.weight - b.weight
}

function addMeasured(sums: WindowSums, estimate: FaceEstimate, seconds: number): void {
  const weight = estimate.quality
  sums.usable++
  sums.weight += weight
  sums.time += weight * seconds
  sums.timeSquared += weight * seconds * seconds
  addWeighted(sums.probabilities, estimate.probabilities, weight)
  addWeighted(sums.actionUnits, estimate.actionUnits, weight)
  addAffect(sums, 0, weight * estimate.valence, seconds)
  addAffect(sums, 1, weight * estimate.arousal, seconds)
  addAffect(sums, 2, weight * estimate.dominance, seconds)
  sums.confidence += estimate.confidence
  sums.absoluteYaw += Math.abs(estimate.yaw)
  sums.absolutePitch += Math.abs(estimate.pitch)
  sums.coveredMs += estimate.coveredMs
  sums.eyesObservedMs += estimate.coveredMs
  if (estimate.eyesClosed) sums.eyesClosedMs += estimate.coveredMs
  if (estimate.blinkMeasurable) sums.blinkObservedMs += estimate.coveredMs
  if (estimate.blinked) sums.blinks++
  if (estimate.labelChanged) sums.transitions++
  if (estimate.aspectAssumed) sums.aspectAssumed = true
}

function addAffect(sums: WindowSums, index: number, value: number, seconds: number): void {
  sums.affect[index] += value
  sums.affectTime[index] += value * seconds
}

function addWeighted(sums: Float64Array, values: ArrayLike<number>, weight: number): void {
  for (let i = 0; i < sums.length; i++) sums[i] += values[i] * weight
}

/** Adds `part` to `total`; both must count time from the same origin. */
function include(total: WindowSums, part: WindowSums): void {
  total.usable += part.usable
  total.noFace += part.noFace
  total.poseRejected += part.poseRejected
  total.rejected += part.rejected
  total.dropped += part.dropped
  total.transitions += part.transitions
  total.blinks += part.blinks
  total.blinkObservedMs += part.blinkObservedMs
  total.eyesClosedMs += part.eyesClosedMs
  total.eyesObservedMs += part.eyesObservedMs
  total.coveredMs += part.coveredMs
  total.aspectAssumed ||= part.aspectAssumed
  total.confidence += part.confidence
  total.absoluteYaw += part.absoluteYaw
  total.absolutePitch += part.absolutePitch
  total.weight += part.weight
  total.time += part.time
  total.timeSquared += part.timeSquared
  addWeighted(total.probabilities, part.probabilities, 1)
  addWeighted(total.actionUnits, part.actionUnits, 1)
  for (let i = 0; i < AFFECT_SIZE; i++) {
    total.affect[i] += part.affect[i]
    total.affectTime[i] += part.affectTime[i]
  }
}
