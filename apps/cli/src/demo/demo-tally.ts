import type { EmotionOrUnknown, ServerMessageData } from '@bemore/protocol'

export type Affect = ServerMessageData<'affect'>
export type LiveWindow = ServerMessageData<'emotion_update'>

/** What the demo has done and seen so far. */
export interface DemoTally {
  readonly framesSent: number
  /** Frames that could not be sent, because the socket was away. */
  readonly framesUnsent: number
  readonly affect: Affect | null
  /** By index on the session's clock; a later message for a window takes the place of an earlier. */
  readonly windows: ReadonlyMap<number, LiveWindow>
  /** Live readings while the portrait was shown, by label. */
  readonly portraitReadings: ReadonlyMap<EmotionOrUnknown, number>
  /** Frames sent in the last two seconds, a second. */
  frameRate(now: number): number
}

export interface TallyRecorder extends DemoTally {
  frame(sent: boolean, now: number): void
  affectReceived(affect: Affect, isPortrait: boolean): void
  windowReceived(window: LiveWindow): void
}

const RATE_MS = 2_000

export function createTally(): TallyRecorder {
  let framesSent = 0
  let framesUnsent = 0
  let affect: Affect | null = null
  let recent: number[] = []
  const windows = new Map<number, LiveWindow>()
  const portraitReadings = new Map<EmotionOrUnknown, number>()

  return {
    get framesSent() {
      return framesSent
    },
    get framesUnsent() {
      return framesUnsent
    },
    get affect() {
      return affect
    },
    windows,
    portraitReadings,
    frameRate(now) {
      recent = recent.filter((at) => now - at < RATE_MS)
      return recent.length / (RATE_MS / 1000)
    },
    frame(sent, now) {
      if (!sent) {
        framesUnsent += 1
        return
      }
      framesSent += 1
      recent = [...recent.filter((at) => now - at < RATE_MS), now]
    },
    affectReceived(reading, isPortrait) {
      affect = reading
      if (!isPortrait) return
      portraitReadings.set(reading.label, (portraitReadings.get(reading.label) ?? 0) + 1)
    },
    windowReceived(window) {
      windows.set(window.window, window)
    },
  }
}
