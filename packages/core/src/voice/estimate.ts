import { createTurnTally, type TurnTally } from './turns.js'

/**
 * `heard` sound or a client's word was taken; `muted` the user chose silence; `superseded` a client's
 * word about time that was heard as sound; `late` older than what is known already, or repeated;
 * `invalid` unreadable; `settled` nothing arrived, something was decided.
 */
export type VoiceStatus = 'heard' | 'muted' | 'superseded' | 'late' | 'invalid' | 'settled'

/** What one call made known: everything but `speaking` and `arousal` is news since the call before. */
export interface VoiceEstimate {
  readonly status: VoiceStatus
  /** What the call brought. */
  readonly source: 'pcm' | 'client'
  /** Whether speech is going on now, as far as can be known. */
  readonly speaking: boolean
  /** -1..1 of the last second of voice, against the session's; null before enough was heard. */
  readonly arousal: number | null
  /** Time of which it was decided whether it was speech, ms. */
  readonly heardMs: number
  /** Of `heardMs`, what was heard as sound. */
  readonly soundMs: number
  readonly mutedMs: number
  readonly turns: Readonly<TurnTally>
  /** Session times at which bursts of speech began; the first `burstStarts` count. */
  readonly burstStartsMs: Float64Array
  readonly burstStarts: number
  /** The frames decided, in order: 1 is speech; the first `frames` count. */
  readonly speech: Uint8Array
  readonly frameStartsMs: Float64Array
  readonly frames: number
  /** Over frames of speech: how many, and the sums of their mean squares and of dB above the floor. */
  readonly levelFrames: number
  readonly powerSum: number
  readonly snrSum: number
  /** Semitones above 100 Hz of the pitched hops (20 ms), and when; the first `pitches` count. */
  readonly semitones: Float64Array
  readonly pitchAtMs: Float64Array
  readonly pitches: number
  /** dB, summed over the pitched frames. */
  readonly tiltSum: number
  readonly tiltFrames: number
  readonly arousalSum: number
  readonly arousalUnits: number
}

export type MutableVoiceEstimate = { -readonly [Key in keyof VoiceEstimate]: VoiceEstimate[Key] }

/** More frames, and twice as many hops, than one call can decide: 100 ms of sound and a hangover. */
const MOST_FRAMES = 16

export function createVoiceEstimate(turns: TurnTally = createTurnTally()): MutableVoiceEstimate {
  return {
    status: 'settled',
    source: 'pcm',
    speaking: false,
    arousal: null,
    heardMs: 0,
    soundMs: 0,
    mutedMs: 0,
    turns,
    burstStartsMs: new Float64Array(MOST_FRAMES),
    burstStarts: 0,
    speech: new Uint8Array(MOST_FRAMES),
    frameStartsMs: new Float64Array(MOST_FRAMES),
    frames: 0,
    levelFrames: 0,
    powerSum: 0,
    snrSum: 0,
    semitones: new Float64Array(2 * MOST_FRAMES),
    pitchAtMs: new Float64Array(2 * MOST_FRAMES),
    pitches: 0,
    tiltSum: 0,
    tiltFrames: 0,
    arousalSum: 0,
    arousalUnits: 0,
  }
}

/** Forgets the news of the call before. */
export function clearNews(estimate: MutableVoiceEstimate): void {
  estimate.heardMs = 0
  estimate.soundMs = 0
  estimate.mutedMs = 0
  estimate.burstStarts = 0
  estimate.frames = 0
  estimate.levelFrames = 0
  estimate.powerSum = 0
  estimate.snrSum = 0
  estimate.pitches = 0
  estimate.tiltSum = 0
  estimate.tiltFrames = 0
  estimate.arousalSum = 0
  estimate.arousalUnits = 0
}
