/**
 * A voice window as it is stored: plain JSON, and enough in it (counts, and pitches in half
 * semitones) to take it apart into its sums again.
 */
import { clampUnit } from '../face/clamp.js'
import {
  addPitchCounts,
  type PitchCounts,
  pitchCountsOf,
  pitchQuantile,
} from './pitch-histogram.js'
import { createVoiceSums, type VoiceSums } from './window-sums.js'

/** Whether the browser levelled the volume, which makes loudness and pauses less than they seem. */
export type GainControl = 'on' | 'off' | 'unknown'

export interface VoiceWindowData {
  readonly index: number
  /** On the session's clock, ms. */
  readonly startMs: number
  readonly endMs: number
  /** What it rests on: sound, as far as there was any; a client's word; or nothing that was heard. */
  readonly source: 'pcm' | 'client' | 'none'
  readonly agc: GainControl
  /** All messages that arrived, and of them those malformed or late, and those never looked at. */
  readonly frames: number
  readonly rejected: number
  readonly dropped: number
  /** Time listened to, counted when it is decided what it was, up to .2 s after it was captured. */
  readonly heardMs: number
  /** Of `heardMs`, what was heard as sound rather than from a client's word. */
  readonly soundMs: number
  readonly mutedMs: number
  readonly speechMs: number
  /** Pauses that ended here, wherever they began; see `turns.ts`. */
  readonly pauseCount: number
  readonly pauseMs: number
  readonly longestPauseMs: number
  readonly longPauseCount: number
  /** Bursts of speech and turns that began here. */
  readonly burstCount: number
  readonly turnCount: number
  /** Time inside turns; with `turnCount` it gives their mean length over a session. */
  readonly turnMs: number
  /** When bursts began, session ms: what the time to respond is measured by. */
  readonly burstStartsMs: readonly number[]
  /** Semitones above 100 Hz over the pitched 20 ms; null where there was no pitch. */
  readonly pitchMedian: number | null
  /** 10th and 90th percentile. */
  readonly pitchLow: number | null
  readonly pitchHigh: number | null
  readonly pitches: PitchCounts | null
  /** Spectral tilt of pitched speech, 1-5 kHz over .08-1 kHz, dB. */
  readonly tiltDb: number | null
  readonly tiltFrames: number
  /** Of speech, dB re full scale. */
  readonly loudnessDb: number | null
  /** Mean of speech over the room, dB. */
  readonly snrDb: number | null
  readonly levelFrames: number
  /** -1..1 against the session so far, see `arousal.ts`; null before enough was heard. */
  readonly arousal: number | null
  readonly arousalUnits: number
  /** Share of the window's time that was heard, 0..1. */
  readonly coverage: number
  /** Coverage, less where speech hardly stands out of the room, 0..1. */
  readonly quality: number
}

/** From here up noise costs the detector nothing. */
const CLEAN_SNR_DB = 20
/** What a verdict counts for whose making is not known: a client's, or one about silence only. */
const UNKNOWN_SNR_QUALITY = 0.5
export function describeVoiceSums(
  sums: Readonly<VoiceSums>,
  index: number,
  startMs: number,
  endMs: number,
  agc: GainControl,
): VoiceWindowData {
  const { turns, levelFrames, tiltFrames, arousalUnits } = sums
  const snrDb = levelFrames > 0 ? round(sums.snr / levelFrames, 3) : null
  const coverage = endMs > startMs ? clampUnit(sums.heardMs / (endMs - startMs)) : 0
  const clarity = snrDb === null ? UNKNOWN_SNR_QUALITY : clampUnit(snrDb / CLEAN_SNR_DB)
  return {
    index,
    startMs,
    endMs,
    source: sums.soundMs > 0 ? 'pcm' : sums.heardMs > 0 ? 'client' : 'none',
    agc,
    frames: sums.frames,
    rejected: sums.rejected,
    dropped: sums.dropped,
    heardMs: Math.round(sums.heardMs),
    soundMs: Math.round(sums.soundMs),
    mutedMs: Math.round(sums.mutedMs),
    speechMs: Math.round(turns.speechMs),
    pauseCount: turns.pauseCount,
    pauseMs: Math.round(turns.pauseMs),
    longestPauseMs: Math.round(turns.longestPauseMs),
    longPauseCount: turns.longPauseCount,
    burstCount: turns.burstCount,
    turnCount: turns.turnCount,
    turnMs: Math.round(turns.turnMs),
    burstStartsMs: sums.burstStartsMs.map((atMs) => Math.round(atMs)).sort((a, b) => a - b),
    pitchMedian: roundMaybe(pitchQuantile(sums.pitches, 0.5), 2),
    pitchLow: roundMaybe(pitchQuantile(sums.pitches, 0.1), 2),
    pitchHigh: roundMaybe(pitchQuantile(sums.pitches, 0.9), 2),
    pitches: pitchCountsOf(sums.pitches),
    tiltDb: tiltFrames > 0 ? round(sums.tilt / tiltFrames, 3) : null,
    tiltFrames,
    loudnessDb: levelFrames > 0 ? round(10 * Math.log10(sums.power / levelFrames), 3) : null,
    snrDb,
    levelFrames,
    arousal: arousalUnits > 0 ? round(sums.arousal / arousalUnits, 4) : null,
    arousalUnits,
    coverage: round(coverage, 4),
    quality: round(coverage * clarity, 4),
  }
}

/** The sums `data` was made of, up to its rounding. */
export function recoverVoiceSums(data: VoiceWindowData): VoiceSums {
  const sums = createVoiceSums()
  sums.frames = data.frames
  sums.rejected = data.rejected
  sums.dropped = data.dropped
  sums.heardMs = data.heardMs
  sums.soundMs = data.soundMs
  sums.mutedMs = data.mutedMs
  const { turns } = sums
  turns.speechMs = data.speechMs
  turns.pauseCount = data.pauseCount
  turns.pauseMs = data.pauseMs
  turns.longestPauseMs = data.longestPauseMs
  turns.longPauseCount = data.longPauseCount
  turns.burstCount = data.burstCount
  turns.turnCount = data.turnCount
  turns.turnMs = data.turnMs
  sums.burstStartsMs = [...data.burstStartsMs]
  if (data.pitches !== null) addPitchCounts(sums.pitches, data.pitches)
  sums.tiltFrames = data.tiltFrames
  sums.tilt = (data.tiltDb ?? 0) * data.tiltFrames
  sums.levelFrames = data.levelFrames
  sums.power = data.loudnessDb === null ? 0 : 10 ** (data.loudnessDb / 10) * data.levelFrames
  sums.snr = (data.snrDb ?? 0) * data.levelFrames
  sums.arousalUnits = data.arousalUnits
  sums.arousal = (data.arousal ?? 0) * data.arousalUnits
  return sums
}

function roundMaybe(value: number | null, digits: number): number | null {
  return value === null ? null : round(value, digits)
}

function round(value: number, digits: number): number {
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}
