/**
 * Speech moves the mouth in ways that look like expressions. While somebody speaks, the action units of
 * the mouth count half, and only what they show over a second: their median (emotion-engine.md §4).
 */
import { ACTION_UNITS, type ActionUnit } from './action-units.js'

export interface SpeakingMouth {
  /** Takes what a frame shows, and where somebody speaks puts in its place what is to be read of it. */
  apply(actionUnits: Float64Array, atMs: number, isSpeaking: boolean): void
  restart(): void
}

const MOUTH_UNITS: readonly ActionUnit[] = [17, 20, 24, 25, 26]
const MOUTH: readonly number[] = MOUTH_UNITS.map((unit) => ACTION_UNITS.indexOf(unit))
const SPAN_MS = 1_000
const WHILE_SPEAKING = 0.5
/** A second of frames at the highest rate there is. */
const MOST_FRAMES = 64

export function createSpeakingMouth(): SpeakingMouth {
  const times = new Float64Array(MOST_FRAMES).fill(Number.NEGATIVE_INFINITY)
  const shown = new Float64Array(MOST_FRAMES * MOUTH.length)
  const sorted = new Float64Array(MOST_FRAMES)
  // A field and not a closure variable, which V8 would box at every frame.
  const ring = { next: 0 }

  /** Median of one unit over the frames of the last second. */
  function median(unit: number, atMs: number): number {
    let count = 0
    for (let frame = 0; frame < MOST_FRAMES; frame++) {
      if (!(atMs - times[frame] <= SPAN_MS)) continue
      const value = shown[frame * MOUTH.length + unit]
      let place = count++
      for (; place > 0 && sorted[place - 1] > value; place--) sorted[place] = sorted[place - 1]
      sorted[place] = value
    }
    const middle = count >> 1
    return count % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  return {
    apply(actionUnits, atMs, isSpeaking) {
      times[ring.next] = atMs
      for (let unit = 0; unit < MOUTH.length; unit++) {
        shown[ring.next * MOUTH.length + unit] = actionUnits[MOUTH[unit]]
      }
      ring.next = (ring.next + 1) % MOST_FRAMES
      if (!isSpeaking) return
      for (let unit = 0; unit < MOUTH.length; unit++) {
        actionUnits[MOUTH[unit]] = WHILE_SPEAKING * median(unit, atMs)
      }
    },
    restart() {
      times.fill(Number.NEGATIVE_INFINITY)
      ring.next = 0
    },
  }
}
