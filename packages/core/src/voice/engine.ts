/**
 * The voice engine of one session: sound, or a client's word about it, in; turns, pauses, pitch and
 * arousal out. It names no emotion: a voice tells how stirred someone is, and not by what.
 *
 * An engine that has heard no sound holds next to nothing; the first frame makes its 12 KB, and 24 KB
 * of scratch where no reader is shared. After that a frame allocates nothing, and the estimate
 * returned is always the same object.
 *
 * What is told rests on time: on the samples heard and on the session's clock, never on how many
 * messages they came in. Time from which nothing arrived is neither speech nor silence.
 */
import { createActivityHold } from './activity-hold.js'
import { createArousalMeter, isVoiceBaseline, type VoiceBaseline } from './arousal.js'
import { clearNews, createVoiceEstimate, type VoiceEstimate, type VoiceStatus } from './estimate.js'
import { semitonesOf } from './pitch-histogram.js'
import {
  createSoundAnalyser,
  createVoiceReader,
  type DecidedFrame,
  FRAME_MS,
  type SoundAnalyser,
  type VoiceReader,
} from './sound-analyser.js'
import { createTurnMeter } from './turns.js'

/** A piece of sound; only the first `sampleCount` samples belong to it. At most 100 ms. */
export interface SoundFrame {
  readonly samples: Int16Array
  readonly sampleCount: number
  /** Hz, 8000 to 48000. */
  readonly sampleRate: number
  readonly muted: boolean
}

/** A client's own verdict. Its `energy` has no agreed unit and is not looked at. */
export interface VoiceActivity {
  readonly isSpeech: boolean
  /** How long it holds, from its time on; without it until the next one, at most 5 s. */
  readonly durationMs?: number
}

export interface VoiceEngineOptions {
  /** What an earlier process has learnt of the voice. */
  readonly baseline?: VoiceBaseline
  /** What frames are measured with; engines that are called in turn may share one. */
  readonly reader?: VoiceReader
}

export interface VoiceEngine {
  /**
   * Hears one frame, whose first sample was taken at `capturedAtMs` on the session's clock. A frame
   * of time that was heard already (its stamp repeated, or smaller by up to 3 s) is `late`; older still means that
   * the clock was set, and starts afresh. Muted frames are silence by choice: the turn is over, and
   * no time was heard.
   *
   * @returns the engine's one estimate, overwritten by the next call
   */
  observe(frame: SoundFrame, capturedAtMs: number): VoiceEstimate
  /** Takes a client's word. Where sound was heard in the last 3 s, sound is believed instead. */
  observeActivity(activity: VoiceActivity, atMs: number): VoiceEstimate
  /** Counts what a client's last word covers up to `atMs`: for the end of a window. */
  settle(atMs: number): VoiceEstimate
  /** Settles and decides all that is undecided: for a pause, a hand-over, the end of the session. */
  finish(atMs: number): VoiceEstimate
  /** What a later engine needs to judge this voice against itself. */
  baseline(): VoiceBaseline
}

/** How far stamps may stray from the time the samples take, ms: stamped as a batch, device clocks. */
const JITTER_MS = 60
/** Share of the straying that is taken over with each frame, so that a drift never adds up. */
const DRIFT_SHARE = 0.05
/** A hole this long ends the turn: what was said in it nobody knows. Shorter, it is a lost frame. */
const HOLE_MS = 300
/** Beyond this a time before the last one is another clock, and sound heard is long ago. */
const GAP_MS = 3_000
const LONGEST_FRAME_MS = 100

/** Throws RangeError when `options.baseline` is no baseline of this version. */
export function createVoiceEngine(options: VoiceEngineOptions = {}): VoiceEngine {
  if (options.baseline !== undefined && !isVoiceBaseline(options.baseline)) {
    throw new RangeError('not a version 1 voice baseline')
  }
  const meter = createTurnMeter()
  const arousal = createArousalMeter(options.baseline)
  const held = createActivityHold()
  const estimate = createVoiceEstimate(meter.tally)
  // Times live in object fields, not in closure variables: V8 would box every number assigned to one.
  const sound = { lastMs: Number.NaN, nextMs: Number.NaN }
  const muted = { lastMs: Number.NaN }
  const word = { lastMs: Number.NaN }
  let analyser: SoundAnalyser | null = null

  function observe(frame: SoundFrame, capturedAtMs: number): VoiceEstimate {
    begin('pcm')
    const durationMs = (frame.sampleCount / frame.sampleRate) * 1000
    if (!isReadable(frame, durationMs, capturedAtMs)) return done('invalid')
    const age = sound.lastMs - capturedAtMs
    if (age >= 0 && age <= GAP_MS) return done('late')
    if (age > GAP_MS) forgetTimes()
    settleWord(capturedAtMs)
    held.drop()
    countMuted(capturedAtMs)
    if (frame.muted) return mute(capturedAtMs)
    const strayMs = capturedAtMs - sound.nextMs
    if (strayMs < -JITTER_MS) return done('late')
    analyser ??= createSoundAnalyser(options.reader ?? createVoiceReader(), take)
    if (strayMs <= JITTER_MS) {
      const correction = DRIFT_SHARE * strayMs
      analyser.shift(correction)
      sound.nextMs += correction
    } else {
      // Also where there is no time before this one, and the comparison with NaN fails.
      analyser.restart(capturedAtMs)
      if (!(strayMs <= HOLE_MS)) meter.interrupt()
      sound.nextMs = capturedAtMs
    }
    sound.lastMs = capturedAtMs
    analyser.push(frame.samples, frame.sampleCount, frame.sampleRate)
    sound.nextMs += durationMs
    return done('heard')
  }

  function mute(atMs: number): VoiceEstimate {
    close()
    sound.lastMs = atMs
    muted.lastMs = atMs
    return done('muted')
  }

  /** A muted frame stands for the time until the next frame; it may hold no samples to measure it by. */
  function countMuted(atMs: number): void {
    const sinceMs = atMs - muted.lastMs
    if (sinceMs > 0 && sinceMs <= GAP_MS) estimate.mutedMs += sinceMs
    muted.lastMs = Number.NaN
  }

  function observeActivity(activity: VoiceActivity, atMs: number): VoiceEstimate {
    begin('client')
    const { isSpeech, durationMs } = activity
    const at = Math.round(atMs)
    if (!Number.isFinite(at) || (durationMs !== undefined && !(durationMs >= 0))) {
      return done('invalid')
    }
    if (Math.abs(at - sound.lastMs) <= GAP_MS) return done('superseded')
    const age = word.lastMs - at
    if (age >= 0 && age <= GAP_MS) return done('late')
    if (age > GAP_MS) forgetTimes()
    analyser?.flush()
    settleWord(at)
    if (!(at - held.untilMs <= HOLE_MS)) meter.interrupt()
    held.hold(isSpeech, at, durationMs === undefined ? undefined : Math.round(durationMs))
    word.lastMs = at
    return done('heard')
  }

  function settleWord(atMs: number): void {
    const sinceMs = held.sinceMs
    const spentMs = held.spend(atMs)
    if (spentMs === 0) return
    estimate.heardMs += spentMs
    if (meter.push(held.isSpeech, spentMs)) {
      estimate.burstStartsMs[estimate.burstStarts++] = sinceMs
    }
  }

  /** Ends whatever was going on; what comes next has nothing before it. */
  function close(): void {
    analyser?.flush()
    meter.interrupt()
    held.drop()
    sound.nextMs = Number.NaN
    muted.lastMs = Number.NaN
  }

  function forgetTimes(): void {
    close()
    sound.lastMs = Number.NaN
    word.lastMs = Number.NaN
  }

  /** Counts a frame of sound of which it is certain whether it was speech. */
  function take(frame: DecidedFrame): void {
    estimate.speech[estimate.frames] = frame.speech ? 1 : 0
    estimate.frameStartsMs[estimate.frames++] = frame.startMs
    estimate.heardMs += FRAME_MS
    estimate.soundMs += FRAME_MS
    if (meter.push(frame.speech, FRAME_MS)) {
      estimate.burstStartsMs[estimate.burstStarts++] = frame.startMs
    }
    if (!frame.speech) return
    estimate.levelFrames++
    estimate.powerSum += frame.power
    estimate.snrSum += frame.snrDb
    const pitched = estimate.pitches
    takePitch(frame.firstHertz, frame)
    takePitch(frame.secondHertz, frame)
    if (estimate.pitches === pitched) return
    estimate.tiltSum += frame.tiltDb
    estimate.tiltFrames++
  }

  function takePitch(hertz: number, frame: DecidedFrame): void {
    if (Number.isNaN(hertz)) return
    const semitones = semitonesOf(hertz)
    estimate.semitones[estimate.pitches] = semitones
    estimate.pitchAtMs[estimate.pitches++] = frame.startMs
    if (!arousal.push(semitones, frame.tiltDb)) return
    estimate.arousalSum += arousal.value
    estimate.arousalUnits++
  }

  function begin(source: 'pcm' | 'client'): void {
    clearNews(estimate)
    meter.clearTally()
    estimate.source = source
  }

  function done(status: VoiceStatus): VoiceEstimate {
    estimate.status = status
    estimate.speaking = Number.isNaN(held.sinceMs) ? (analyser?.speaking ?? false) : held.isSpeech
    estimate.arousal = Number.isNaN(arousal.value) ? null : arousal.value
    return estimate
  }

  function settle(atMs: number): VoiceEstimate {
    begin(Number.isNaN(held.sinceMs) ? 'pcm' : 'client')
    settleWord(Math.round(atMs))
    return done('settled')
  }

  function finish(atMs: number): VoiceEstimate {
    begin(Number.isNaN(held.sinceMs) ? 'pcm' : 'client')
    settleWord(Math.round(atMs))
    countMuted(atMs)
    close()
    return done('settled')
  }

  return { observe, observeActivity, settle, finish, baseline: arousal.baseline }
}

function isReadable(frame: SoundFrame, durationMs: number, atMs: number): boolean {
  return (
    Number.isFinite(atMs) &&
    frame.sampleRate >= 8_000 &&
    frame.sampleRate <= 48_000 &&
    durationMs <= LONGEST_FRAME_MS &&
    frame.sampleCount <= frame.samples.length &&
    (frame.sampleCount > 0 || frame.muted)
  )
}
