/**
 * Collects one window of a session's voice. It counts what became known while it was open, so that
 * every pause and every turn is in exactly one window, also those that run across an edge.
 */
import type { VoiceEstimate } from './estimate.js'
import { addPitch } from './pitch-histogram.js'
import { addTally } from './turns.js'
import {
  describeVoiceSums,
  type GainControl,
  recoverVoiceSums,
  type VoiceWindowData,
} from './window-data.js'
import { addVoiceSums, createVoiceSums, type VoiceSums } from './window-sums.js'

export type { GainControl, VoiceWindowData } from './window-data.js'

export interface VoiceWindow {
  /** Counts what a call of the engine made known. */
  add(estimate: VoiceEstimate): void
  /** Counts a message that could not even be decoded. */
  countRejected(): void
  /** Counts messages that were sampled away unheard. */
  countDropped(count: number): void
  /** Whether nothing was counted yet. */
  isEmpty(): boolean
  /** The window so far as plain JSON; start and end are times of the session's clock in ms. */
  toData(index: number, startMs: number, endMs: number): VoiceWindowData
  /** Empties the window for the next one. */
  clear(): void
}

/** Bursts lie at least 250 ms apart, so no more begin in a window unless the clock is set. */
const MOST_BURST_STARTS = 64

/** An empty window; it takes its memory with the first thing counted. */
export function createVoiceWindow(agc: GainControl = 'unknown'): VoiceWindow {
  let sums: VoiceSums | null = null

  function started(): VoiceSums {
    sums ??= createVoiceSums()
    return sums
  }

  return {
    add: (estimate) => {
      if (estimate.status === 'settled' && estimate.heardMs === 0 && estimate.mutedMs === 0) return
      const target = started()
      if (estimate.status !== 'settled') target.frames++
      if (estimate.status === 'late' || estimate.status === 'invalid') target.rejected++
      addNews(target, estimate)
    },
    countRejected: () => {
      const target = started()
      target.frames++
      target.rejected++
    },
    countDropped: (count) => {
      const target = started()
      target.frames += count
      target.dropped += count
    },
    isEmpty: () => sums === null,
    toData: (index, startMs, endMs) =>
      describeVoiceSums(sums ?? createVoiceSums(), index, startMs, endMs, agc),
    clear: () => {
      sums = null
    },
  }
}

/**
 * One window from its parts (a reconnect, a flush in mid-window, two processes), in whatever order
 * they come: what a single window would have told of all of it, up to rounding.
 * Throws RangeError when there is no part, or when parts belong to different windows.
 */
export function mergeVoiceWindows(parts: readonly VoiceWindowData[]): VoiceWindowData {
  const [first] = parts
  if (first !== undefined && parts.some((part) => part.index !== first.index)) {
    throw new RangeError('windows of different indices cannot be merged')
  }
  return foldVoiceWindows(parts)
}

/**
 * A whole session, or any stretch of it, as if it had been one window: its index is the first one's.
 * Give it windows whose parts are merged, in any order. Throws RangeError when there is none.
 */
export function foldVoiceWindows(windows: readonly VoiceWindowData[]): VoiceWindowData {
  const [first] = windows
  if (first === undefined) throw new RangeError('no windows to merge')
  if (windows.length === 1) return first
  const total = createVoiceSums()
  // Any fixed order will do: adding in it makes the last digits independent of the order given.
  for (const part of [...windows].sort(bySomeOrder)) addVoiceSums(total, recoverVoiceSums(part))
  return describeVoiceSums(
    total,
    Math.min(...windows.map((window) => window.index)),
    Math.min(...windows.map((window) => window.startMs)),
    Math.max(...windows.map((window) => window.endMs)),
    windows.every((window) => window.agc === first.agc) ? first.agc : 'unknown',
  )
}

function bySomeOrder(a: VoiceWindowData, b: VoiceWindowData): number {
  return a.startMs - b.startMs || a.endMs - b.endMs || a.frames - b.frames || a.heardMs - b.heardMs
}

function addNews(sums: VoiceSums, estimate: VoiceEstimate): void {
  sums.heardMs += estimate.heardMs
  sums.soundMs += estimate.soundMs
  sums.mutedMs += estimate.mutedMs
  addTally(sums.turns, estimate.turns)
  for (let i = 0; i < estimate.burstStarts; i++) {
    if (sums.burstStartsMs.length < MOST_BURST_STARTS) {
      sums.burstStartsMs.push(estimate.burstStartsMs[i])
    }
  }
  sums.levelFrames += estimate.levelFrames
  sums.power += estimate.powerSum
  sums.snr += estimate.snrSum
  for (let i = 0; i < estimate.pitches; i++) addPitch(sums.pitches, estimate.semitones[i])
  sums.tiltFrames += estimate.tiltFrames
  sums.tilt += estimate.tiltSum
  sums.arousalUnits += estimate.arousalUnits
  sums.arousal += estimate.arousalSum
}
