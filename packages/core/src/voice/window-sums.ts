import { PITCH_BINS } from './pitch-histogram.js'
import { addTally, createTurnTally, type TurnTally } from './turns.js'

/**
 * The sums behind a voice window. Everything a window tells is a sum, a largest or a quotient of
 * sums, so its parts add up to what a single window would have told.
 */
export interface VoiceSums {
  frames: number
  rejected: number
  dropped: number
  heardMs: number
  /** Of `heardMs`, what was heard as sound. */
  soundMs: number
  mutedMs: number
  readonly turns: TurnTally
  burstStartsMs: number[]
  /** Frames of speech heard as sound; their mean squares, and dB above the floor. */
  levelFrames: number
  power: number
  snr: number
  readonly pitches: Uint32Array
  tiltFrames: number
  tilt: number
  arousalUnits: number
  arousal: number
}

export const createVoiceSums = (): VoiceSums => ({
  frames: 0,
  rejected: 0,
  dropped: 0,
  heardMs: 0,
  soundMs: 0,
  mutedMs: 0,
  turns: createTurnTally(),
  burstStartsMs: [],
  levelFrames: 0,
  power: 0,
  snr: 0,
  pitches: new Uint32Array(PITCH_BINS),
  tiltFrames: 0,
  tilt: 0,
  arousalUnits: 0,
  arousal: 0,
})

/** Adds `part` to `total`. */
export function addVoiceSums(total: VoiceSums, part: Readonly<VoiceSums>): void {
  total.frames += part.frames
  total.rejected += part.rejected
  total.dropped += part.dropped
  total.heardMs += part.heardMs
  total.soundMs += part.soundMs
  total.mutedMs += part.mutedMs
  addTally(total.turns, part.turns)
  total.burstStartsMs.push(...part.burstStartsMs)
  total.levelFrames += part.levelFrames
  total.power += part.power
  total.snr += part.snr
  for (let bin = 0; bin < PITCH_BINS; bin++) total.pitches[bin] += part.pitches[bin]
  total.tiltFrames += part.tiltFrames
  total.tilt += part.tilt
  total.arousalUnits += part.arousalUnits
  total.arousal += part.arousal
}
